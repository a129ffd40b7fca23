package io.deltaferry.localgcp.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltaferry.localgcp.http.GoogleError;
import io.deltaferry.localgcp.http.HttpCall;
import io.deltaferry.localgcp.http.JsonHttpServer;
import io.deltaferry.localgcp.storage.StorageFaults.Operation;
import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The {@code objects} resource: get, list, patch, update, delete. */
final class ObjectRoutes {
  private static final String OBJECT = "/storage/v1/b/{bucket}/o/{object=*}";

  private final ObjectStore store;
  private final StorageFaults faults;

  ObjectRoutes(ObjectStore store, StorageFaults faults) {
    this.store = store;
    this.faults = faults;
  }

  void addTo(JsonHttpServer server) {
    server.route("GET", "/storage/v1/b/{bucket}/o", this::list);
    server.route("GET", OBJECT, this::read);
    server.route("GET", "/download" + OBJECT, this::read);
    server.route("PATCH", OBJECT, this::patch);
    server.route("PUT", OBJECT, this::update);
    server.route("DELETE", OBJECT, this::delete);
  }

  private void list(HttpCall call) throws IOException {
    for (String unsupported : List.of("matchGlob", "filter")) {
      if (call.query(unsupported).isPresent()) {
        throw Refusals.unsupported("objects.list with " + unsupported);
      }
    }
    if (call.query("softDeleted").map(Boolean::parseBoolean).orElse(false)) {
      throw Refusals.unsupported("soft-deleted objects");
    }
    faults.around(Operation.LIST, call.query("prefix").orElse(""), () -> listed(call)).send(call);
  }

  private Reply listed(HttpCall call) {
    ObjectListing listing =
        new ObjectListing(
            call.query("prefix").orElse(""),
            call.query("delimiter").orElse(""),
            call.query("startOffset").orElse(""),
            call.query("endOffset").orElse(""),
            call.query("includeTrailingDelimiter").map(Boolean::parseBoolean).orElse(false),
            maxResults(call),
            call.query("pageToken").map(ObjectListing::entry).orElse(null));
    ObjectListing.Page page =
        listing.of(store.buckets().require(call.path("bucket")).contents().live());
    ObjectNode answer = JsonNodeFactory.instance.objectNode().put("kind", "storage#objects");
    if (page.next() != null) {
      answer.put("nextPageToken", page.next());
    }
    page.prefixes().forEach(prefix -> answer.withArray("prefixes").add(prefix));
    String base = call.baseUrl();
    page.items().forEach(item -> answer.withArray("items").add(ObjectResource.write(item, base)));
    return Reply.json(answer);
  }

  static int maxResults(HttpCall call) {
    long asked =
        call.query("maxResults")
            .map(text -> Numbers.parse("maxResults", text))
            .orElse((long) ObjectListing.MOST);
    if (asked < 1) {
      throw GoogleError.invalid("Invalid value for maxResults: it must be positive");
    }
    return (int) Math.min(asked, ObjectListing.MOST);
  }

  private void read(HttpCall call) throws IOException {
    faults
        .around(
            Operation.READ,
            call.path("object"),
            () -> {
              Contents contents = store.buckets().require(call.path("bucket")).contents();
              boolean media = call.query("alt").map("media"::equals).orElse(false);
              return media ? MediaReply.of(call, contents) : metadata(call, contents);
            })
        .send(call);
  }

  private static Reply metadata(HttpCall call, Contents contents) {
    StoredObject object = contents.require(call.path("object"), generation(call));
    Preconditions.of(call).checkRead(object);
    return Reply.json(ObjectResource.write(object, call.baseUrl()));
  }

  private void patch(HttpCall call) throws IOException {
    JsonNode patch = call.json();
    change(call, attributes -> attributes.merged(patch));
  }

  private void update(HttpCall call) throws IOException {
    JsonNode resource = call.json();
    change(call, attributes -> ObjectAttributes.of(resource));
  }

  private void change(HttpCall call, UnaryOperator<ObjectAttributes> attributes)
      throws IOException {
    String object = call.path("object");
    faults
        .around(
            Operation.CHANGE,
            object,
            () ->
                Reply.json(
                    ObjectResource.write(
                        store.change(
                            call.path("bucket"),
                            object,
                            generation(call),
                            Preconditions.of(call),
                            attributes),
                        call.baseUrl())))
        .send(call);
  }

  private void delete(HttpCall call) throws IOException {
    String object = call.path("object");
    faults
        .around(
            Operation.CHANGE,
            object,
            () -> {
              store.remove(call.path("bucket"), object, generation(call), Preconditions.of(call));
              return Reply.empty(204);
            })
        .send(call);
  }

  static @Nullable Long generation(HttpCall call) {
    return call.query("generation").map(text -> Numbers.parse("generation", text)).orElse(null);
  }
}
