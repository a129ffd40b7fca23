package io.deltaferry.localgcp.pubsub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.gax.rpc.NotFoundException;
import com.google.iam.v1.Binding;
import com.google.iam.v1.GetIamPolicyRequest;
import com.google.iam.v1.Policy;
import com.google.iam.v1.SetIamPolicyRequest;
import com.google.iam.v1.TestIamPermissionsRequest;
import com.google.pubsub.v1.PushConfig;
import com.google.pubsub.v1.SubscriptionName;
import com.google.pubsub.v1.TopicName;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class PolicyTest {
  private static final String TOPIC = TopicName.format("p", "orders");
  private static final String SUBSCRIPTION = SubscriptionName.format("p", "orders-push");
  private static final Policy PUBLISHER =
      Policy.newBuilder()
          .addBindings(
              Binding.newBuilder()
                  .setRole("roles/pubsub.publisher")
                  .addMembers("serviceAccount:loader@p.iam.gserviceaccount.com"))
          .build();

  @Test
  void keepsThePoliciesOfTopicsAndSubscriptions() throws IOException {
    try (LocalPubSub pubsub = new LocalPubSub(PubSubSettings.inMemory()).start();
        Clients clients = new Clients(pubsub)) {
      clients.topics.createTopic(TOPIC);
      clients.subscriptions.createSubscription(
          SUBSCRIPTION, TOPIC, PushConfig.getDefaultInstance(), 10);

      clients.topics.setIamPolicy(
          SetIamPolicyRequest.newBuilder().setResource(TOPIC).setPolicy(PUBLISHER).build());
      assertThat(clients.topics.getIamPolicy(of(TOPIC))).isEqualTo(PUBLISHER);
      assertThat(clients.subscriptions.getIamPolicy(of(SUBSCRIPTION)).getBindingsList()).isEmpty();
      assertThat(
              clients
                  .topics
                  .testIamPermissions(asking(TOPIC, "pubsub.topics.publish"))
                  .getPermissionsList())
          .containsExactly("pubsub.topics.publish");
    }
  }

  @Test
  void knowsNoPolicyOfWhatDoesNotExist() throws IOException {
    try (LocalPubSub pubsub = new LocalPubSub(PubSubSettings.inMemory()).start();
        Clients clients = new Clients(pubsub)) {
      assertThatThrownBy(() -> clients.topics.getIamPolicy(of(TOPIC)))
          .isInstanceOf(NotFoundException.class);
      assertThatThrownBy(
              () ->
                  clients.subscriptions.testIamPermissions(
                      asking(SUBSCRIPTION, "pubsub.subscriptions.consume")))
          .isInstanceOf(NotFoundException.class);
    }
  }

  private static GetIamPolicyRequest of(String resource) {
    return GetIamPolicyRequest.newBuilder().setResource(resource).build();
  }

  private static TestIamPermissionsRequest asking(String resource, String permission) {
    return TestIamPermissionsRequest.newBuilder()
        .setResource(resource)
        .addPermissions(permission)
        .build();
  }
}
