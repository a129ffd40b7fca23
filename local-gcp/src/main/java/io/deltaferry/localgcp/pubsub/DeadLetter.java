package io.deltaferry.localgcp.pubsub;

import com.google.protobuf.util.Timestamps;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.Subscription;

/** The form in which an undeliverable message is published to its dead letter topic. */
final class DeadLetter {
  private static final String SOURCE = "CloudPubSubDeadLetterSource";

  private DeadLetter() {}

  /**
   * Same data, attributes and ordering key, with the attributes Pub/Sub adds; id and publish time
   * are given anew.
   */
  static PubsubMessage of(PubsubMessage message, int attempts, Subscription source) {
    String name = source.getName();
    return message.toBuilder()
        .clearMessageId()
        .clearPublishTime()
        .putAttributes(SOURCE + "Subscription", name.substring(name.lastIndexOf('/') + 1))
        .putAttributes(SOURCE + "SubscriptionProject", ResourceKind.projectOf(name))
        .putAttributes(SOURCE + "TopicPublishTime", Timestamps.toString(message.getPublishTime()))
        .putAttributes(SOURCE + "DeliveryCount", Integer.toString(attempts))
        .build();
  }
}
