package io.deltaferry.localgcp.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltaferry.localgcp.http.GoogleError;
import io.deltaferry.localgcp.http.HttpCall;
import io.deltaferry.localgcp.http.JsonHttpServer;
import io.deltaferry.localgcp.http.MultipartReader;
import io.deltaferry.localgcp.storage.StorageFaults.Fault;
import io.deltaferry.localgcp.storage.StorageFaults.Operation;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code objects.insert} in its three forms: media, multipart, resumable. */
final class UploadRoutes {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ObjectStore store;
  private final Incoming incoming;
  private final ResumableRoutes resumable;
  private final StorageFaults faults;

  UploadRoutes(
      ObjectStore store, Incoming incoming, ResumableRoutes resumable, StorageFaults faults) {
    this.store = store;
    this.incoming = incoming;
    this.resumable = resumable;
    this.faults = faults;
  }

  void addTo(JsonHttpServer server) {
    for (String root : List.of("/upload", "/resumable/upload")) {
      String path = root + "/storage/v1/b/{bucket}/o";
      server.route("POST", path, this::insert);
      server.route("PUT", path, resumable::send);
      server.route("DELETE", path, resumable::cancel);
    }
  }

  private void insert(HttpCall call) throws IOException {
    // Before any byte is taken: a writer learns of a missing bucket at once.
    store.buckets().require(call.path("bucket"));
    String type = call.query("uploadType").orElseThrow(() -> Refusals.required("uploadType"));
    switch (type) {
      case "media" -> media(call);
      case "multipart" -> multipart(call);
      case "resumable" -> resumable(call);
      default -> throw GoogleError.invalid("Invalid uploadType: " + type);
    }
  }

  private void media(HttpCall call) throws IOException {
    ObjectNode resource = JsonNodeFactory.instance.objectNode();
    addTypes(resource, call, call.header("Content-Type"));
    store(call, resource, call.body());
  }

  private void multipart(HttpCall call) throws IOException {
    MultipartReader parts = MultipartReader.of(call);
    if (!parts.next()) {
      throw GoogleError.invalid("a multipart upload begins with the object's resource");
    }
    ObjectNode resource = ObjectRoutes.resource(json(parts.body()), Map.of());
    if (!parts.next()) {
      throw GoogleError.invalid("a multipart upload needs a second part, the content");
    }
    addTypes(resource, call, parts.header("Content-Type"));
    store(call, resource, parts.body());
  }

  private void resumable(HttpCall call) throws IOException {
    ObjectNode resource = ObjectRoutes.resource(call.json(), Map.of());
    addTypes(resource, call, call.header("X-Upload-Content-Type"));
    resumable.start(call, resource);
  }

  private static JsonNode json(InputStream in) throws IOException {
    try {
      return JSON.readTree(in.readAllBytes());
    } catch (JsonProcessingException e) {
      throw new GoogleError(400, "parseError", "Parse Error: " + e.getOriginalMessage());
    }
  }

  /** The resource wins over the parameters, as it is the more deliberate of the two. */
  private static void addTypes(ObjectNode resource, HttpCall call, Optional<String> contentType) {
    Map<String, String> defaults = new HashMap<>();
    call.query("name").ifPresent(name -> defaults.put("name", name));
    call.query("contentEncoding").ifPresent(value -> defaults.put("contentEncoding", value));
    contentType.ifPresent(value -> defaults.put("contentType", value));
    ObjectRoutes.resource(resource, defaults);
  }

  private void store(HttpCall call, ObjectNode resource, InputStream body) throws IOException {
    Draft asked = Draft.of(resource, Preconditions.of(call));
    Draft draft =
        new Draft(
            asked.name(), asked.attributes(), asked.expected().and(call), asked.preconditions());
    boolean broken = faults.take(Fault.CONNECTION_RESET, Operation.UPLOAD, draft.name());
    InputStream content = broken ? new BrokenStream(body, 1) : body;
    faults
        .around(
            Operation.UPLOAD,
            draft.name(),
            () -> {
              Content received = incoming.receive(content);
              StoredObject object = store.add(call.path("bucket"), draft, received);
              return Reply.json(ObjectResource.write(object, call.baseUrl()));
            })
        .send(call);
  }
}
