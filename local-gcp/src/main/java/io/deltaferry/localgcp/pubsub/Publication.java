package io.deltaferry.localgcp.pubsub;

import com.google.protobuf.Timestamp;
import com.google.pubsub.v1.PubsubMessage;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Publishing: gives ids, keeps the messages, hands them to every subscription that wants them. */
final class Publication implements DeadLetterOffice {
  private final Topics topics;
  private final Deliveries deliveries;
  private final Journal journal;
  private final MessageIds ids;
  private final Clock clock;

  Publication(Topics topics, Deliveries deliveries, Journal journal, MessageIds ids, Clock clock) {
    this.topics = topics;
    this.deliveries = deliveries;
    this.journal = journal;
    this.ids = ids;
    this.clock = clock;
  }

  /** The ids, in the order of the messages. */
  List<String> publish(String topic, List<PubsubMessage> messages) {
    topics.require(topic);
    MessageRules.check(messages);
    List<String> result = new ArrayList<>();
    for (PubsubMessage message : messages) {
      result.add(publish(topic, message));
    }
    return result;
  }

  @Override
  public boolean forward(String deadLetterTopic, PubsubMessage message) {
    if (!topics.exists(deadLetterTopic)) {
      return false;
    }
    publish(deadLetterTopic, message);
    return true;
  }

  // Under one lock, so that the messages of an ordering key reach every subscription, and the
  // journal, in the same order; the work inside is short.
  private synchronized String publish(String topic, PubsubMessage asked) {
    Timestamp now = Times.of(clock.instant());
    PubsubMessage message = asked.toBuilder().setMessageId(ids.next()).setPublishTime(now).build();
    List<Delivery> wanting =
        deliveries.all().stream().filter(one -> one.wants(topic, message)).toList();
    if (!wanting.isEmpty()) {
      List<String> names = wanting.stream().map(one -> one.definition().getName()).toList();
      journal.append(new JournalEntry.MessageKept(message, names));
      wanting.forEach(delivery -> delivery.enqueue(message));
    }
    return message.getMessageId();
  }
}
