package io.deltaferry.localgcp.pubsub;

import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.Topic;
import java.util.List;

/** One fact that outlives the process. */
sealed interface JournalEntry {
  record TopicSaved(Topic topic) implements JournalEntry {}

  record TopicDeleted(String name) implements JournalEntry {}

  record SubscriptionSaved(Subscription subscription) implements JournalEntry {}

  record SubscriptionDeleted(String name) implements JournalEntry {}

  /** A message and the subscriptions that owe its delivery. */
  record MessageKept(PubsubMessage message, List<String> subscriptions) implements JournalEntry {
    public MessageKept {
      subscriptions = List.copyOf(subscriptions);
    }
  }

  /** Messages a subscription owes no more: acknowledged, dead-lettered, too old, or skipped. */
  record MessagesSettled(String subscription, List<String> messageIds) implements JournalEntry {
    public MessagesSettled {
      messageIds = List.copyOf(messageIds);
    }
  }
}
