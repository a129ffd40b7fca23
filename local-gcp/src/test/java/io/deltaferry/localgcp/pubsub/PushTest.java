package io.deltaferry.localgcp.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.util.Durations;
import com.google.pubsub.v1.DeadLetterPolicy;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.PushConfig;
import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.RetryPolicy;
import com.google.pubsub.v1.Subscription;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PushTest {
  private LocalPubSub pubsub;
  private Clients clients;
  private PushReceiver receiver;

  @BeforeEach
  void start() throws IOException {
    pubsub = new LocalPubSub(PubSubSettings.inMemory().withMaxOutstandingPushes(4)).start();
    clients = new Clients(pubsub);
    receiver = new PushReceiver();
    clients.topics.createTopic(Clients.topic("requests"));
    clients.topics.createTopic(Clients.topic("dead"));
  }

  @AfterEach
  void stop() {
    clients.close();
    pubsub.close();
    receiver.close();
  }

  @Test
  void postsTheStandardEnvelope() throws Exception {
    clients.subscribe("push", "requests", to(receiver));
    String id =
        pubsub.publish(Clients.topic("requests"), Map.of("k", "v"), new byte[] {'h', 'i', 0});
    PushReceiver.Push push = only();
    JsonNode json = push.json();
    assertThat(json.path("subscription").asText()).isEqualTo(Clients.subscription("push"));
    assertThat(json.has("deliveryAttempt")).isFalse();
    JsonNode message = json.path("message");
    assertThat(message.path("messageId").asText()).isEqualTo(id);
    assertThat(message.path("message_id").asText()).isEqualTo(id);
    assertThat(message.path("attributes").path("k").asText()).isEqualTo("v");
    assertThat(Base64.getDecoder().decode(message.path("data").asText()))
        .containsExactly('h', 'i', 0);
    Instant published = Instant.parse(message.path("publishTime").asText());
    assertThat(published).isBetween(push.at().minusSeconds(10), push.at());
    assertThat(message.path("publish_time")).isEqualTo(message.path("publishTime"));
    assertThat(message.has("orderingKey")).isFalse();
    assertThat(push.headers()).containsEntry("content-type", "application/json");
    assertThat(push.headers()).doesNotContainKey("authorization");
    settled();
  }

  @Test
  void sendsAnIdentityTokenOfGooglesForm() throws Exception {
    PushConfig.OidcToken oidc =
        PushConfig.OidcToken.newBuilder()
            .setServiceAccountEmail("push@p1.iam.gserviceaccount.com")
            .setAudience("https://service")
            .build();
    PushConfig config =
        PushConfig.newBuilder().setPushEndpoint(receiver.url()).setOidcToken(oidc).build();
    clients.subscribe("push", "requests", Subscription.newBuilder().setPushConfig(config));
    clients.publish("requests", "x");
    String authorization = only().headers().getOrDefault("authorization", "");
    assertThat(authorization).startsWith("Bearer ");
    String[] segments = authorization.substring("Bearer ".length()).split("\\.", -1);
    assertThat(segments).hasSize(3).noneMatch(String::isEmpty);
    JsonNode claims = new ObjectMapper().readTree(Base64.getUrlDecoder().decode(segments[1]));
    assertThat(claims.path("aud").asText()).isEqualTo("https://service");
    assertThat(claims.path("email").asText()).isEqualTo("push@p1.iam.gserviceaccount.com");
    assertThat(claims.path("iss").asText()).isEqualTo("https://accounts.google.com");
    assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isEqualTo(3_600);
  }

  @Test
  void unwrapsThePayloadWhenAsked() throws Exception {
    PushConfig config =
        PushConfig.newBuilder()
            .setPushEndpoint(receiver.url())
            .setNoWrapper(PushConfig.NoWrapper.newBuilder().setWriteMetadata(true))
            .build();
    clients.subscribe("push", "requests", Subscription.newBuilder().setPushConfig(config));
    String id = clients.publish("requests", Clients.message("raw", Map.of("k", "v")));
    PushReceiver.Push push = only();
    assertThat(push.body()).isEqualTo("raw");
    assertThat(push.headers())
        .containsEntry("x-goog-pubsub-message-id", id)
        .containsEntry("x-goog-pubsub-subscription-name", Clients.subscription("push"))
        .containsEntry("k", "v");
  }

  @Test
  void triesAgainWithGrowingPausesUntilItIsAcknowledged() throws Exception {
    receiver.answers(push -> receiver.pushes().size() < 4 ? 500 : 200);
    clients.subscribe("push", "requests", to(receiver));
    clients.publish("requests", "x");
    Eventually.holds(() -> receiver.pushes().size() == 4);
    settled();
    List<PushReceiver.Push> pushes = receiver.pushes();
    assertThat(pushes)
        .extracting(PushReceiver.Push::messageId)
        .containsOnly(pushes.get(0).messageId());
    // The pauses are at least 100, 200 and 400 ms; how much longer depends on the machine.
    assertThat(pause(pushes, 1)).isGreaterThanOrEqualTo(Duration.ofMillis(95));
    assertThat(pause(pushes, 2)).isGreaterThanOrEqualTo(Duration.ofMillis(195));
    assertThat(pause(pushes, 3)).isGreaterThanOrEqualTo(Duration.ofMillis(395));
  }

  @Test
  void onlyTheDocumentedStatusesAcknowledge() throws Exception {
    int[] statuses = {404, 302, 206, 201};
    receiver.answers(push -> statuses[Math.min(receiver.pushes().size(), statuses.length) - 1]);
    clients.subscribe("push", "requests", to(receiver));
    clients.publish("requests", "x");
    settled();
    assertThat(receiver.pushes()).hasSize(4);
    for (int status : new int[] {200, 202, 204}) {
      receiver.answers(push -> status);
      clients.publish("requests", "status " + status);
      settled();
    }
    assertThat(receiver.pushes()).hasSize(7);
  }

  @Test
  void honoursTheRetryPolicy() throws Exception {
    RetryPolicy policy =
        RetryPolicy.newBuilder()
            .setMinimumBackoff(Durations.fromMillis(600))
            .setMaximumBackoff(Durations.fromMillis(700))
            .build();
    receiver.answers(push -> receiver.pushes().size() < 3 ? 429 : 200);
    clients.subscribe("push", "requests", to(receiver).setRetryPolicy(policy));
    clients.publish("requests", "x");
    Eventually.holds(() -> receiver.pushes().size() == 3);
    assertThat(pause(receiver.pushes(), 1)).isGreaterThanOrEqualTo(Duration.ofMillis(595));
    assertThat(pause(receiver.pushes(), 2)).isGreaterThanOrEqualTo(Duration.ofMillis(695));
  }

  @Test
  void deadLettersWhatFailsTooOften() throws Exception {
    clients.subscribe("graveyard", "dead", Subscription.newBuilder());
    receiver.answers(push -> 503);
    clients.subscribe("push", "requests", to(receiver).setDeadLetterPolicy(policy("dead")));
    String id = clients.publish("requests", Clients.message("poison", Map.of("k", "v")));
    Eventually.holds(() -> backlog("push").deadLettered() == 1);
    ReceivedMessage letter = clients.pull("graveyard", 1).get(0);
    PubsubMessage message = letter.getMessage();
    assertThat(message.getData().toStringUtf8()).isEqualTo("poison");
    assertThat(message.getMessageId()).isNotEqualTo(id);
    assertThat(message.getAttributesMap())
        .containsEntry("k", "v")
        .containsEntry("CloudPubSubDeadLetterSourceSubscription", "push")
        .containsEntry("CloudPubSubDeadLetterSourceSubscriptionProject", "p1")
        .containsEntry("CloudPubSubDeadLetterSourceDeliveryCount", "5")
        .containsKey("CloudPubSubDeadLetterSourceTopicPublishTime");
    assertThat(receiver.pushes())
        .extracting(push -> push.json().path("deliveryAttempt").asInt())
        .containsExactly(1, 2, 3, 4, 5);
    settled();
  }

  @Test
  void keepsDeliveringWhenTheDeadLetterTopicIsGone() throws Exception {
    receiver.answers(push -> receiver.pushes().size() < 6 ? 503 : 200);
    clients.subscribe("push", "requests", to(receiver).setDeadLetterPolicy(policy("dead")));
    clients.topics.deleteTopic(Clients.topic("dead"));
    clients.publish("requests", "x");
    Eventually.holds(() -> receiver.pushes().size() == 6);
    settled();
  }

  @Test
  void aSlowEndpointHoldsUpOnlyItsOwnSubscriptionAndIsNotFlooded() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    try (PushReceiver slow = new PushReceiver()) {
      slow.answers(
          push -> {
            awaitQuietly(release);
            return 200;
          });
      clients.subscribe("slow", "requests", to(slow));
      clients.subscribe("fast", "requests", to(receiver));
      for (int i = 0; i < 50; i++) {
        clients.publish("requests", "m" + i);
      }
      Eventually.holds(() -> receiver.pushes().size() == 50);
      Eventually.holds(() -> slow.pushes().size() == 4);
      assertThat(backlog("slow").outstanding()).isEqualTo(4);
      assertThat(backlog("slow").unacknowledged()).isEqualTo(50);
      release.countDown();
      settled();
      assertThat(slow.pushes()).hasSize(50);
    }
  }

  @Test
  void pushesInOrderWithinAKeyAndAnswersForOthersMeanwhile() throws Exception {
    Set<String> refused = ConcurrentHashMap.newKeySet();
    receiver.answers(push -> push.data().equals("a1") && refused.add("a1") ? 500 : 200);
    clients.subscribe("push", "requests", to(receiver).setEnableMessageOrdering(true));
    for (String data : List.of("a1", "a2", "b1", "a3")) {
      PubsubMessage.Builder message = Clients.message(data, Map.of()).toBuilder();
      clients.publish("requests", message.setOrderingKey(data.substring(0, 1)).build());
    }
    settled();
    List<String> ofKeyA =
        receiver.pushes().stream()
            .map(PushReceiver.Push::data)
            .filter(data -> data.startsWith("a"))
            .collect(Collectors.toList());
    assertThat(ofKeyA).containsExactly("a1", "a1", "a2", "a3");
    assertThat(receiver.pushes().get(0).json().path("message").path("orderingKey").asText())
        .isEqualTo("a");
  }

  @Test
  void changingTheEndpointMovesThePushesAndAnEmptyOneMakesItPull() throws Exception {
    clients.subscribe("push", "requests", to(receiver));
    try (PushReceiver other = new PushReceiver()) {
      clients.subscriptions.modifyPushConfig(
          Clients.subscription("push"),
          PushConfig.newBuilder().setPushEndpoint(other.url()).build());
      clients.publish("requests", "x");
      Eventually.holds(() -> other.pushes().size() == 1);
    }
    clients.subscriptions.modifyPushConfig(
        Clients.subscription("push"), PushConfig.getDefaultInstance());
    clients.publish("requests", "y");
    assertThat(clients.pull("push", 1).get(0).getMessage().getData().toStringUtf8()).isEqualTo("y");
    assertThat(receiver.pushes()).isEmpty();
  }

  @Test
  void anUnreachableEndpointIsTriedAgain() throws Exception {
    String url;
    try (PushReceiver gone = new PushReceiver()) {
      url = gone.url();
    }
    PushConfig config = PushConfig.newBuilder().setPushEndpoint(url).build();
    clients.subscribe("push", "requests", Subscription.newBuilder().setPushConfig(config));
    clients.publish("requests", "x");
    Eventually.holds(() -> backlog("push").deliveries() >= 2);
    assertThat(backlog("push").unacknowledged()).isEqualTo(1);
  }

  private static DeadLetterPolicy policy(String topic) {
    return DeadLetterPolicy.newBuilder().setDeadLetterTopic(Clients.topic(topic)).build();
  }

  private static Subscription.Builder to(PushReceiver receiver) {
    return Subscription.newBuilder()
        .setPushConfig(PushConfig.newBuilder().setPushEndpoint(receiver.url()));
  }

  private static Duration pause(List<PushReceiver.Push> pushes, int index) {
    return Duration.between(pushes.get(index - 1).at(), pushes.get(index).at());
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertThat(latch.await(15, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private PushReceiver.Push only() throws InterruptedException {
    Eventually.holds(() -> !receiver.pushes().isEmpty());
    assertThat(receiver.pushes()).hasSize(1);
    return receiver.pushes().get(0);
  }

  private void settled() throws InterruptedException {
    Eventually.holds(
        () ->
            pubsub.backlogs().stream()
                .filter(report -> !report.subscription().endsWith("/graveyard"))
                .allMatch(report -> report.unacknowledged() == 0));
  }

  private BacklogReport backlog(String id) {
    return pubsub.backlogs().stream()
        .filter(report -> report.subscription().equals(Clients.subscription(id)))
        .findFirst()
        .orElseThrow();
  }
}
