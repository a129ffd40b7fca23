package io.deltaferry.cli.deadletter;

import com.google.pubsub.v1.PubsubMessage;
import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.message.Envelopes;
import io.deltaferry.message.IncomingEvent;
import io.deltaferry.message.PubSubMessage;
import io.deltaferry.service.Topology;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A message that Pub/Sub itself took to the dead letters, since no service answered to it: as it
 * was published, with attributes that say from where.
 *
 * @param stage that did not answer; null when the subscription is none of the deployment's
 * @param attempts null when nothing says it
 */
record Forwarded(@Nullable String stage, @Nullable Long attempts, PubsubMessage message) {
  private static final String SOURCE = "CloudPubSubDeadLetterSource";
  private static final String SUBSCRIPTION = SOURCE + "Subscription";
  private static final String DELIVERIES = SOURCE + "DeliveryCount";
  private static final String PUBLISHED = SOURCE + "TopicPublishTime";

  /** Stands for the id of the message, which it has lost. */
  private static final String NO_ID = "lost";

  /** Empty when somebody published the letter. */
  static Optional<Forwarded> of(PubsubMessage letter, String topicPrefix) {
    Map<String, String> attributes = letter.getAttributesMap();
    String subscription = attributes.get(SUBSCRIPTION);
    return subscription == null
        ? Optional.empty()
        : Optional.of(
            new Forwarded(
                stage(subscription, topicPrefix),
                DeadLetter.number(attributes.get(DELIVERIES)),
                letter));
  }

  private static @Nullable String stage(String subscription, String topicPrefix) {
    Map<String, String> topics = Topology.DEFAULT.topics().prefixed(topicPrefix).byKey();
    String suffix = Topology.DEFAULT.push().subscriptionSuffix();
    return Topology.DEFAULT.services().entrySet().stream()
        .filter(service -> subscription.equals(topics.get(service.getValue().topic()) + suffix))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(null);
  }

  String reason() {
    return "Pub/Sub gave up"
        + (attempts == null ? "" : " after " + attempts + " deliveries")
        + (stage == null
            ? ""
            : "; the logs of the " + stage + " say why, if it was reached at all");
  }

  /**
   * What the stage would have got; its message id is lost.
   *
   * @throws DeltaferryException MESSAGE_INVALID
   */
  IncomingEvent event() {
    if (!message.getData().isValidUtf8()) {
      throw new DeltaferryException(ErrorCode.MESSAGE_INVALID, "the message is not UTF-8 text");
    }
    Map<String, String> own = new HashMap<>(message.getAttributesMap());
    own.keySet().removeIf(name -> name.startsWith(SOURCE));
    String wrapped =
        Envelopes.wrap(
            new PubSubMessage(
                NO_ID, published(), own, message.getData().toStringUtf8(), null, null));
    return Envelopes.decode(Map.of(), wrapped.getBytes(StandardCharsets.UTF_8));
  }

  private Instant published() {
    try {
      return OffsetDateTime.parse(message.getAttributesOrDefault(PUBLISHED, "")).toInstant();
    } catch (DateTimeException absent) {
      return DeadLetter.instant(message.getPublishTime());
    }
  }
}
