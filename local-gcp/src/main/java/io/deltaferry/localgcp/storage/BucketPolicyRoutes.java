package io.deltaferry.localgcp.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltaferry.localgcp.http.GoogleError;
import io.deltaferry.localgcp.http.HttpCall;
import io.deltaferry.localgcp.http.JsonHttpServer;
import java.io.IOException;

/**
 * Who may do what with a bucket: the policy is kept and shown, and nobody is held to it, so every
 * caller has every permission.
 */
final class BucketPolicyRoutes {
  private static final String POLICY = "/storage/v1/b/{bucket}/iam";

  private final Buckets buckets;

  BucketPolicyRoutes(Buckets buckets) {
    this.buckets = buckets;
  }

  void addTo(JsonHttpServer server) {
    server.route("GET", POLICY, this::get);
    server.route("PUT", POLICY, this::set);
    server.route("GET", POLICY + "/testPermissions", this::test);
  }

  private void get(HttpCall call) throws IOException {
    call.respondJson(200, shown(bucket(call)));
  }

  private void set(HttpCall call) throws IOException {
    if (!(call.json() instanceof ObjectNode wanted) || !wanted.path("bindings").isArray()) {
      throw GoogleError.invalid("a policy has bindings");
    }
    Bucket bucket = bucket(call);
    JsonNode etag = wanted.path("etag");
    if (etag.isTextual() && !etag.asText().equals(shown(bucket).path("etag").asText())) {
      throw Refusals.condition();
    }
    bucket.setPolicy(wanted);
    call.respondJson(200, shown(bucket));
  }

  private void test(HttpCall call) throws IOException {
    bucket(call);
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("kind", "storage#testIamPermissionsResponse").putArray("permissions");
    call.queries("permissions").forEach(answer.withArray("permissions")::add);
    call.respondJson(200, answer);
  }

  private Bucket bucket(HttpCall call) {
    return buckets.require(call.path("bucket"));
  }

  private static ObjectNode shown(Bucket bucket) {
    ObjectNode policy = bucket.policy();
    // The tag's bytes are of no concern to anybody but its maker; it must change with the policy.
    String etag = Integer.toHexString(policy.path("bindings").hashCode());
    return policy
        .put("kind", "storage#policy")
        .put("version", policy.path("version").asInt(1))
        .put("resourceId", "projects/_/buckets/" + bucket.name())
        .put("etag", "p" + etag);
  }
}
