package io.deltaferry.localgcp.pubsub;

import com.google.pubsub.v1.PubsubMessage;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The unacknowledged messages of one subscription: which wait, which are out and until when.
 *
 * <p>Knows no threads and no clock. Of the messages that share an ordering key only the oldest is
 * ever out or waiting; the rest queue behind it, so that no redelivery can overtake.
 */
final class Backlog {
  private final boolean ordered;
  private final Map<String, BacklogEntry> entries = new LinkedHashMap<>();
  private final TreeSet<BacklogEntry> waiting = new TreeSet<>(BacklogEntry.BY_DUE);
  private final TreeSet<BacklogEntry> leased = new TreeSet<>(BacklogEntry.BY_DUE);
  private final Map<String, BacklogEntry> leases = new HashMap<>();
  private final Map<String, Deque<BacklogEntry>> behindKey = new HashMap<>();
  private long added;

  /**
   * @param ordered whether ordering keys are honoured
   */
  Backlog(boolean ordered) {
    this.ordered = ordered;
  }

  void add(PubsubMessage message, Instant due) {
    BacklogEntry entry = new BacklogEntry(message, added++, due);
    entries.put(entry.messageId(), entry);
    if (hasKey(entry)) {
      Deque<BacklogEntry> queue = behindKey.get(message.getOrderingKey());
      if (queue != null) {
        queue.add(entry);
        return;
      }
      behindKey.put(message.getOrderingKey(), new ArrayDeque<>());
    }
    waiting.add(entry);
  }

  /** Hands out at most {@code max} due messages; one larger than {@code maxBytes} goes alone. */
  List<Lease> lease(int max, long maxBytes, Instant now, Instant until) {
    List<Lease> result = new ArrayList<>();
    long bytes = 0;
    while (result.size() < max && !waiting.isEmpty()) {
      BacklogEntry entry = waiting.first();
      bytes += entry.message.getSerializedSize();
      if (entry.due.isAfter(now) || (bytes > maxBytes && !result.isEmpty())) {
        break;
      }
      result.add(lease(entry, until));
    }
    return result;
  }

  private Lease lease(BacklogEntry entry, Instant until) {
    waiting.remove(entry);
    entry.attempts++;
    entry.due = until;
    String ackId = entry.messageId() + "-" + entry.number + "-" + entry.attempts;
    entry.ackId = ackId;
    leased.add(entry);
    leases.put(ackId, entry);
    return new Lease(ackId, entry.message, entry.attempts);
  }

  /** The entry this lease holds; empty once the lease has ended. */
  Optional<BacklogEntry> leasedBy(String ackId) {
    return Optional.ofNullable(leases.get(ackId));
  }

  void extend(BacklogEntry entry, Instant until) {
    leased.remove(entry);
    entry.due = until;
    leased.add(entry);
  }

  /** Ends the lease, if any, and lets the message wait until {@code due}; not a settled one. */
  void release(BacklogEntry entry, Instant due) {
    if (!entries.containsKey(entry.messageId())) {
      return;
    }
    park(entry);
    entry.due = due;
    waiting.add(entry);
  }

  /** Takes the message out of circulation; it stays unacknowledged until settled or released. */
  void park(BacklogEntry entry) {
    if (entry.ackId != null) {
      leased.remove(entry);
      leases.remove(entry.ackId);
      entry.ackId = null;
    }
  }

  /** Forgets the message; the next one of its ordering key may go. Once is enough. */
  void settle(BacklogEntry entry) {
    if (entries.remove(entry.messageId()) == null) {
      return;
    }
    park(entry);
    waiting.remove(entry);
    if (hasKey(entry)) {
      String key = entry.message.getOrderingKey();
      Deque<BacklogEntry> queue = behindKey.getOrDefault(key, new ArrayDeque<>());
      if (queue.remove(entry)) {
        return;
      }
      if (queue.isEmpty()) {
        behindKey.remove(key);
      } else {
        waiting.add(queue.remove());
      }
    }
  }

  /** The entries whose lease ended at {@code now} or before. */
  List<BacklogEntry> overdue(Instant now) {
    List<BacklogEntry> result = new ArrayList<>();
    Iterator<BacklogEntry> oldest = leased.iterator();
    while (oldest.hasNext()) {
      BacklogEntry entry = oldest.next();
      if (entry.due.isAfter(now)) {
        break;
      }
      result.add(entry);
    }
    return result;
  }

  /** The first moment after {@code now} at which something changes by itself. */
  Optional<Instant> nextChange(Instant now) {
    BacklogEntry probe = new BacklogEntry(PubsubMessage.getDefaultInstance(), Long.MAX_VALUE, now);
    return Stream.of(waiting, leased)
        .flatMap(set -> Stream.ofNullable(set.higher(probe)))
        .map(entry -> entry.due)
        .min(Instant::compareTo);
  }

  /** The entries published before {@code time}, oldest first. */
  List<BacklogEntry> publishedBefore(Instant time) {
    // Entries are kept in the order of publication, so the rest need not be looked at.
    return entries.values().stream()
        .takeWhile(entry -> Times.of(entry.message.getPublishTime()).isBefore(time))
        .toList();
  }

  /** Every entry, oldest first; a copy. */
  List<BacklogEntry> entries() {
    return List.copyOf(entries.values());
  }

  int size() {
    return entries.size();
  }

  int outstanding() {
    return leases.size();
  }

  private boolean hasKey(BacklogEntry entry) {
    return ordered && !entry.message.getOrderingKey().isEmpty();
  }
}
