package io.deltaferry.localgcp.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltaferry.localgcp.http.GoogleError;
import io.deltaferry.localgcp.http.HttpCall;
import io.deltaferry.localgcp.http.JsonHttpServer;
import io.deltaferry.localgcp.storage.StorageFaults.Operation;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/** Objects made of objects: compose, rewriteTo, copyTo. */
final class CopyRoutes {
  private static final String SOURCE = "/storage/v1/b/{bucket}/o/{object=*}";
  private static final String TARGET = "/b/{targetBucket}/o/{target=*}";
  // Cloud Storage's limit for one compose request.
  private static final int MOST_SOURCES = 32;

  private final ObjectStore store;
  private final Incoming incoming;
  private final StorageFaults faults;

  CopyRoutes(ObjectStore store, Incoming incoming, StorageFaults faults) {
    this.store = store;
    this.incoming = incoming;
    this.faults = faults;
  }

  void addTo(JsonHttpServer server) {
    server.route("POST", SOURCE + "/compose", this::compose);
    server.route("POST", SOURCE + "/rewriteTo" + TARGET, call -> copy(call, CopyRoutes::rewritten));
    server.route("POST", SOURCE + "/copyTo" + TARGET, call -> copy(call, resource -> resource));
  }

  private void copy(HttpCall call, Function<ObjectNode, ObjectNode> answer) throws IOException {
    JsonNode wanted = call.json();
    faults
        .around(
            Operation.CHANGE,
            call.path("target"),
            () ->
                Reply.json(
                    answer.apply(ObjectResource.write(copied(call, wanted), call.baseUrl()))))
        .send(call);
  }

  private StoredObject copied(HttpCall call, JsonNode wanted) throws IOException {
    Contents contents = store.buckets().require(call.path("bucket")).contents();
    Long generation =
        call.query("sourceGeneration")
            .map(text -> Numbers.parse("sourceGeneration", text))
            .orElse(null);
    StoredObject source = contents.require(call.path("object"), generation);
    Preconditions.ofSource(call).check(source);
    // An empty body copies the attributes, any other replaces all of them.
    ObjectAttributes attributes =
        wanted.isEmpty() ? source.attributes() : ObjectAttributes.of(wanted);
    Draft draft =
        new Draft(
            Names.object(call.path("target")),
            attributes,
            new ExpectedChecksum(null, null),
            Preconditions.of(call));
    try (InputStream in = contents.open(source)) {
      Content content = incoming.receive(in);
      return store.add(call.path("targetBucket"), draft, content);
    }
  }

  private static ObjectNode rewritten(ObjectNode resource) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("kind", "storage#rewriteResponse").put("done", true);
    answer.set("totalBytesRewritten", resource.get("size"));
    answer.set("objectSize", resource.get("size"));
    answer.set("resource", resource);
    return answer;
  }

  private void compose(HttpCall call) throws IOException {
    ObjectNode request = ObjectResource.of(call.json());
    faults
        .around(
            Operation.CHANGE,
            call.path("object"),
            () -> Reply.json(ObjectResource.write(composed(call, request), call.baseUrl())))
        .send(call);
  }

  private StoredObject composed(HttpCall call, ObjectNode request) throws IOException {
    JsonNode names = request.path("sourceObjects");
    if (names.isEmpty() || names.size() > MOST_SOURCES) {
      throw GoogleError.invalid(
          "The number of source components must be between 1 and " + MOST_SOURCES + ".");
    }
    if (request.path("deleteSourceObjects").asBoolean(false)) {
      throw Refusals.unsupported("compose with deleteSourceObjects");
    }
    Contents contents = store.buckets().require(call.path("bucket")).contents();
    List<StoredObject> sources = new ArrayList<>();
    names.forEach(name -> sources.add(source(contents, name)));
    ObjectNode wanted =
        request.has("destination")
            ? ObjectResource.of(request.get("destination"))
            : JsonNodeFactory.instance.objectNode();
    wanted.put("name", call.path("object"));
    Content joined = join(contents, sources);
    return store.add(call.path("bucket"), Draft.of(wanted, Preconditions.of(call)), joined);
  }

  private static StoredObject source(Contents contents, JsonNode asked) {
    Long generation = asked.hasNonNull("generation") ? asked.get("generation").asLong() : null;
    StoredObject source = contents.require(asked.path("name").asText(""), generation);
    Preconditions.of(asked.path("objectPreconditions")).check(source);
    return source;
  }

  private Content join(Contents contents, List<StoredObject> sources) throws IOException {
    List<InputStream> opened = new ArrayList<>();
    try {
      for (StoredObject source : sources) {
        opened.add(contents.open(source));
      }
      Content bytes = incoming.receive(new SequenceInputStream(Collections.enumeration(opened)));
      int components =
          sources.stream().mapToInt(source -> Math.max(1, source.componentCount())).sum();
      return new Content(bytes.file(), bytes.size(), bytes.crc32c(), null, components);
    } finally {
      for (InputStream in : opened) {
        in.close();
      }
    }
  }
}
