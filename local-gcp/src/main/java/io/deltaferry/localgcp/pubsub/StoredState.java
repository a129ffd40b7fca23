package io.deltaferry.localgcp.pubsub;

import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.Topic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What a journal adds up to. Not thread-safe: used while starting. */
final class StoredState {
  private final Map<String, Topic> topics = new LinkedHashMap<>();
  private final Map<String, Subscription> subscriptions = new LinkedHashMap<>();

  /** By id, which is the order of publication; lines may come in another one. */
  private final Map<String, NavigableMap<Long, PubsubMessage>> owed = new LinkedHashMap<>();

  void apply(JournalEntry entry) {
    if (entry instanceof JournalEntry.TopicSaved saved) {
      topics.put(saved.topic().getName(), saved.topic());
    } else if (entry instanceof JournalEntry.TopicDeleted deleted) {
      topics.remove(deleted.name());
    } else if (entry instanceof JournalEntry.SubscriptionSaved saved) {
      subscriptions.put(saved.subscription().getName(), saved.subscription());
      owed.computeIfAbsent(saved.subscription().getName(), name -> new TreeMap<>());
    } else if (entry instanceof JournalEntry.SubscriptionDeleted deleted) {
      subscriptions.remove(deleted.name());
      owed.remove(deleted.name());
    } else if (entry instanceof JournalEntry.MessageKept kept) {
      for (String subscription : kept.subscriptions()) {
        Map<Long, PubsubMessage> messages = owed.get(subscription);
        // Absent when it was deleted while the message was on its way.
        if (messages != null) {
          messages.put(Long.valueOf(kept.message().getMessageId()), kept.message());
        }
      }
    } else if (entry instanceof JournalEntry.MessagesSettled settled) {
      owed.getOrDefault(settled.subscription(), new TreeMap<>())
          .keySet()
          .removeAll(settled.messageIds().stream().map(Long::valueOf).toList());
    }
  }

  List<Topic> topics() {
    return List.copyOf(topics.values());
  }

  List<Subscription> subscriptions() {
    return List.copyOf(subscriptions.values());
  }

  /** The unacknowledged messages of a subscription, oldest first. */
  List<PubsubMessage> owedTo(String subscription) {
    return List.copyOf(owed.getOrDefault(subscription, new TreeMap<>()).values());
  }

  /** The highest message id still known; 0 when none is. */
  long highestMessageId() {
    return owed.values().stream()
        .filter(messages -> !messages.isEmpty())
        .mapToLong(NavigableMap::lastKey)
        .max()
        .orElse(0);
  }

  /** The shortest journal that adds up to the same state. */
  List<JournalEntry> compacted() {
    List<JournalEntry> result = new ArrayList<>();
    topics.values().forEach(topic -> result.add(new JournalEntry.TopicSaved(topic)));
    subscriptions.values().forEach(one -> result.add(new JournalEntry.SubscriptionSaved(one)));
    Map<PubsubMessage, List<String>> owners = new LinkedHashMap<>();
    owed.forEach(
        (subscription, messages) ->
            messages
                .values()
                .forEach(
                    message ->
                        owners
                            .computeIfAbsent(message, any -> new ArrayList<>())
                            .add(subscription)));
    owners.forEach((message, names) -> result.add(new JournalEntry.MessageKept(message, names)));
    return result;
  }
}
