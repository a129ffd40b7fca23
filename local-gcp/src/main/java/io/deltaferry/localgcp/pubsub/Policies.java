package io.deltaferry.localgcp.pubsub;

import com.google.iam.v1.GetIamPolicyRequest;
import com.google.iam.v1.Policy;
import com.google.iam.v1.SetIamPolicyRequest;
import com.google.iam.v1.TestIamPermissionsRequest;
import com.google.iam.v1.TestIamPermissionsResponse;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who may do what with a topic or a subscription. A policy is kept while this process runs, and
 * nobody is held to it, so every caller has every permission.
 */
final class Policies {
  private final Topics topics;
  private final Deliveries deliveries;
  private final Map<String, Policy> byResource = new ConcurrentHashMap<>();

  Policies(Topics topics, Deliveries deliveries) {
    this.topics = topics;
    this.deliveries = deliveries;
  }

  Policy get(GetIamPolicyRequest request) {
    require(request.getResource());
    return byResource.getOrDefault(request.getResource(), Policy.getDefaultInstance());
  }

  Policy set(SetIamPolicyRequest request) {
    require(request.getResource());
    byResource.put(request.getResource(), request.getPolicy());
    return request.getPolicy();
  }

  TestIamPermissionsResponse test(TestIamPermissionsRequest request) {
    require(request.getResource());
    return TestIamPermissionsResponse.newBuilder()
        .addAllPermissions(request.getPermissionsList())
        .build();
  }

  private void require(String resource) {
    if (resource.contains("/topics/")) {
      topics.require(resource);
    } else {
      deliveries.require(resource);
    }
  }
}
