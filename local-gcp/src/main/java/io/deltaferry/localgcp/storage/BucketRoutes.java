package io.deltaferry.localgcp.storage;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltaferry.localgcp.http.HttpCall;
import io.deltaferry.localgcp.http.JsonHttpServer;
import java.io.IOException;
import java.util.List;

/** The {@code buckets} resource. */
final class BucketRoutes {
  private static final String BUCKET = "/storage/v1/b/{bucket}";

  private final Buckets buckets;
  private final Generations generations;

  BucketRoutes(Buckets buckets, Generations generations) {
    this.buckets = buckets;
    this.generations = generations;
  }

  void addTo(JsonHttpServer server) {
    server.route("POST", "/storage/v1/b", this::insert);
    server.route("GET", "/storage/v1/b", this::list);
    server.route("GET", BUCKET, this::find);
    server.route("PATCH", BUCKET, this::patch);
    server.route("PUT", BUCKET, this::patch);
    server.route("DELETE", BUCKET, this::delete);
    server.route("GET", BUCKET + "/storageLayout", this::layout);
  }

  private void insert(HttpCall call) throws IOException {
    String project = project(call);
    ObjectNode resource =
        BucketResource.create(ObjectResource.of(call.json()), project, generations.now());
    call.respondJson(200, shown(call, buckets.create(resource).resource()));
  }

  private void list(HttpCall call) throws IOException {
    String project = project(call);
    String prefix = call.query("prefix").orElse("");
    String after = call.query("pageToken").map(ObjectListing::entry).orElse("");
    int most = ObjectRoutes.maxResults(call);
    List<Bucket> found =
        buckets
            .all()
            .filter(bucket -> BucketResource.isOf(bucket.resource(), project))
            .filter(bucket -> bucket.name().startsWith(prefix))
            .filter(bucket -> bucket.name().compareTo(after) > 0)
            .limit(most + 1L)
            .toList();
    ObjectNode answer = JsonNodeFactory.instance.objectNode().put("kind", "storage#buckets");
    if (found.size() > most) {
      answer.put("nextPageToken", ObjectListing.token(found.get(most - 1).name()));
    }
    found.stream()
        .limit(most)
        .forEach(bucket -> answer.withArray("items").add(shown(call, bucket.resource())));
    call.respondJson(200, answer);
  }

  private void find(HttpCall call) throws IOException {
    Bucket bucket = buckets.require(call.path("bucket"));
    Preconditions.of(call).checkBucket(bucket.metageneration());
    call.respondJson(200, shown(call, bucket.resource()));
  }

  /** PUT, which the clients do not use for buckets, would drop what it does not name. */
  private void patch(HttpCall call) throws IOException {
    if (call.method().equals("PUT")) {
      throw Refusals.unsupported("buckets.update: use PATCH");
    }
    ObjectNode patch = ObjectResource.of(call.json());
    ObjectNode changed =
        buckets
            .require(call.path("bucket"))
            .change(
                Preconditions.of(call),
                resource -> BucketResource.patched(resource, patch, generations.now()));
    call.respondJson(200, shown(call, changed));
  }

  private void delete(HttpCall call) throws IOException {
    buckets.delete(call.path("bucket"), Preconditions.of(call));
    call.respondEmpty(204);
  }

  private void layout(HttpCall call) throws IOException {
    ObjectNode resource = buckets.require(call.path("bucket")).resource();
    ObjectNode layout = JsonNodeFactory.instance.objectNode();
    layout.put("kind", "storage#storageLayout").put("bucket", call.path("bucket"));
    layout.set("location", resource.get("location"));
    layout.set("locationType", resource.get("locationType"));
    layout.putObject("hierarchicalNamespace").put("enabled", false);
    call.respondJson(200, layout);
  }

  private static String project(HttpCall call) {
    return call.query("project").orElseThrow(() -> Refusals.required("project"));
  }

  private static ObjectNode shown(HttpCall call, ObjectNode resource) {
    String self = call.baseUrl() + "/storage/v1/b/" + resource.get("name").asText();
    return resource.put("selfLink", self);
  }
}
