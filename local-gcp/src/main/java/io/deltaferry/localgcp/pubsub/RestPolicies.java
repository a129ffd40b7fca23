package io.deltaferry.localgcp.pubsub;

import com.google.iam.v1.GetIamPolicyRequest;
import com.google.iam.v1.Policy;
import com.google.iam.v1.SetIamPolicyRequest;
import com.google.iam.v1.TestIamPermissionsRequest;
import com.google.iam.v1.TestIamPermissionsResponse;
import io.deltaferry.localgcp.http.JsonHttpServer;
import java.io.IOException;
import java.util.function.Function;

/** The policies of topics and subscriptions in their REST form. */
final class RestPolicies {
  private static final String TOPIC = "/v1/projects/{project}/topics/{topic}";
  private static final String SUBSCRIPTION = "/v1/projects/{project}/subscriptions/{subscription}";

  private final Policies policies;

  RestPolicies(Policies policies) {
    this.policies = policies;
  }

  void addTo(JsonHttpServer server) {
    addTo(server, TOPIC, RestCall::topic);
    addTo(server, SUBSCRIPTION, RestCall::subscription);
  }

  private void addTo(JsonHttpServer server, String path, Function<RestCall, String> resource) {
    add(server, "GET", path + ":getIamPolicy", call -> get(resource.apply(call)));
    add(server, "POST", path + ":setIamPolicy", call -> set(call, resource.apply(call)));
    add(server, "POST", path + ":testIamPermissions", call -> test(call, resource.apply(call)));
  }

  private static void add(JsonHttpServer server, String verb, String path, RestCall.Method method) {
    server.route(verb, path, http -> RestCall.handle(http, method));
  }

  private Policy get(String resource) {
    return policies.get(GetIamPolicyRequest.newBuilder().setResource(resource).build());
  }

  private Policy set(RestCall call, String resource) throws IOException {
    return policies.set(call.body(SetIamPolicyRequest.newBuilder()).setResource(resource).build());
  }

  private TestIamPermissionsResponse test(RestCall call, String resource) throws IOException {
    return policies.test(
        call.body(TestIamPermissionsRequest.newBuilder()).setResource(resource).build());
  }
}
