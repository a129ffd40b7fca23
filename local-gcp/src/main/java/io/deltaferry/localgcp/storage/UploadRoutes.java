package io.deltaferry.localgcp.storage;

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
import java.util.List;
import java.util.Optional;

/** {@code objects.insert} in its three forms: media, multipart, resumable. */
final class UploadRoutes {
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
    addDefaults(resource, call, call.header("Content-Type"));
    store(call, resource, call.body());
  }

  private void multipart(HttpCall call) throws IOException {
    MultipartReader parts = MultipartReader.of(call);
    if (!parts.next()) {
      throw GoogleError.invalid("a multipart upload begins with the object's resource");
    }
    ObjectNode resource = ObjectResource.of(HttpCall.json(parts.body().readAllBytes()));
    if (!parts.next()) {
      throw GoogleError.invalid("a multipart upload needs a second part, the content");
    }
    addDefaults(resource, call, parts.header("Content-Type"));
    store(call, resource, parts.body());
  }

  private void resumable(HttpCall call) throws IOException {
    ObjectNode resource = ObjectResource.of(call.json());
    addDefaults(resource, call, call.header("X-Upload-Content-Type"));
    resumable.start(call, resource);
  }

  /** The resource wins over the parameters, as it is the more deliberate of the two. */
  private static void addDefaults(ObjectNode resource, HttpCall call, Optional<String> type) {
    addDefault(resource, "name", call.query("name"));
    addDefault(resource, "contentEncoding", call.query("contentEncoding"));
    addDefault(resource, "contentType", type);
  }

  private static void addDefault(ObjectNode resource, String field, Optional<String> value) {
    if (!resource.hasNonNull(field)) {
      value.ifPresent(text -> resource.put(field, text));
    }
  }

  private void store(HttpCall call, ObjectNode resource, InputStream body) throws IOException {
    Draft draft = Draft.of(resource, Preconditions.of(call)).sentBy(call);
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
