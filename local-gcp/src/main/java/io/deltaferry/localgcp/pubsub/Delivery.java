package io.deltaferry.localgcp.pubsub;

import com.google.pubsub.v1.DeadLetterPolicy;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.Subscription;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * One subscription at work: keeps its backlog, serves its consumers, redelivers, gives up.
 *
 * <p>Thread-safe. Its lock is never held while another subscription's is taken: dead letters are
 * parked under the lock and forwarded outside of it.
 */
final class Delivery {
  private final DeliveryEnvironment environment;
  private final Backlog backlog;
  private final FilterExpression filter;
  private final Wakeups wakeups;
  private final List<DeliveryConsumer> consumers = new CopyOnWriteArrayList<>();
  private final List<BacklogEntry> doomed = new ArrayList<>();

  /** Deliveries that the duplicate fault will make a second time. */
  private final Deque<Lease> copies = new ArrayDeque<>();

  private volatile Subscription definition;
  private volatile @Nullable PushSender pushSender;
  private volatile boolean retired;
  private long deliveries;
  private long deadLettered;

  Delivery(Subscription definition, DeliveryEnvironment environment) {
    this.environment = environment;
    this.definition = definition;
    this.backlog = new Backlog(definition.getEnableMessageOrdering());
    this.filter = FilterParser.parse(definition.getFilter());
    this.wakeups = new Wakeups(environment.scheduler(), environment.clock(), this::round);
    redefine(definition);
  }

  Subscription definition() {
    return definition;
  }

  /** Takes over changed settings; outstanding messages keep the deadline they went out with. */
  void redefine(Subscription changed) {
    definition = changed;
    pushSender = SubscriptionRules.isPush(changed) ? sender() : null;
    if (changed.getDetached()) {
      synchronized (this) {
        skip(backlog.entries());
      }
    }
    wake();
  }

  private PushSender sender() {
    PushSender present = pushSender;
    return present == null ? new PushSender(this, environment) : present;
  }

  /** The subscription was deleted: nothing is delivered any more, streams learn it. */
  void retire() {
    retired = true;
    pushSender = null;
    wake();
  }

  /** Refuses where nobody may pull (any more). */
  void checkPullable() {
    if (retired) {
      throw Refusal.notFound(definition.getName());
    }
    SubscriptionRules.checkPullable(definition);
  }

  boolean wants(String topic, PubsubMessage message) {
    return definition.getTopic().equals(topic)
        && !definition.getDetached()
        && filter.matches(message.getAttributesMap());
  }

  /** Takes a message that the journal already keeps. */
  void enqueue(PubsubMessage message) {
    Duration heldBack = environment.faults().holdsBack(definition.getName());
    synchronized (this) {
      backlog.add(message, environment.clock().instant().plus(heldBack));
    }
    wake();
  }

  /** Hands out due messages, now and then one twice when that fault is on. */
  synchronized List<Lease> lease(int max, long maxBytes, Duration deadline) {
    Instant now = environment.clock().instant();
    List<Lease> result = new ArrayList<>();
    if (retired) {
      return result;
    }
    // Or one that a sweep has yet to find would go out once more.
    dropOutdated(now);
    while (result.size() < max && !copies.isEmpty()) {
      result.add(copies.remove());
    }
    for (Lease lease : backlog.lease(max - result.size(), maxBytes, now, now.plus(deadline))) {
      result.add(lease);
      if (environment.faults().duplicates(definition.getName())) {
        copies.add(lease.copy());
        wake();
      }
    }
    deliveries += result.size();
    return result;
  }

  /** Ends the leases for good; unknown and expired ones are ignored, as Pub/Sub does. */
  synchronized void acknowledge(List<String> ackIds) {
    List<BacklogEntry> settled = new ArrayList<>();
    for (BacklogEntry entry : leasedBy(ackIds)) {
      if (environment.faults().dropsAcknowledgement(definition.getName())) {
        redeliver(entry);
      } else {
        settled.add(entry);
      }
    }
    skip(settled);
    wake();
  }

  /**
   * Lets the leases end {@code deadline} from now; zero means: not processed, deliver again.
   * Unknown and expired ones are ignored.
   */
  synchronized void modifyDeadline(List<String> ackIds, Duration deadline) {
    for (BacklogEntry entry : leasedBy(ackIds)) {
      if (deadline.isZero()) {
        redeliver(entry);
      } else {
        backlog.extend(entry, environment.clock().instant().plus(deadline));
      }
    }
    wake();
  }

  synchronized boolean isLeased(String ackId) {
    return backlog.leasedBy(ackId).isPresent();
  }

  /** Acknowledges every message published before {@code time}. */
  synchronized void seek(Instant time) {
    skip(backlog.publishedBefore(time));
    wake();
  }

  void attach(DeliveryConsumer consumer) {
    consumers.add(consumer);
    wake();
  }

  void detach(DeliveryConsumer consumer) {
    consumers.remove(consumer);
  }

  void wake() {
    wakeups.wake();
  }

  synchronized BacklogReport report() {
    return new BacklogReport(
        definition.getName(), backlog.size(), backlog.outstanding(), deliveries, deadLettered);
  }

  private Optional<Instant> round() {
    // One moment for the whole round: what becomes due during it is still to come afterwards.
    Instant now = environment.clock().instant();
    sweep(now);
    takeDoomed().forEach(this::giveUp);
    PushSender sender = pushSender;
    if (sender != null) {
      sender.take();
    }
    consumers.forEach(DeliveryConsumer::take);
    synchronized (this) {
      return backlog.nextChange(now);
    }
  }

  private synchronized void sweep(Instant now) {
    backlog.overdue(now).forEach(this::redeliver);
    dropOutdated(now);
  }

  private void dropOutdated(Instant now) {
    skip(backlog.publishedBefore(now.minus(Times.of(definition.getMessageRetentionDuration()))));
  }

  private List<BacklogEntry> leasedBy(List<String> ackIds) {
    return ackIds.stream().distinct().flatMap(id -> backlog.leasedBy(id).stream()).toList();
  }

  private void skip(List<BacklogEntry> entries) {
    if (!entries.isEmpty()) {
      List<String> ids = entries.stream().map(BacklogEntry::messageId).toList();
      environment.journal().append(new JournalEntry.MessagesSettled(definition.getName(), ids));
      entries.forEach(backlog::settle);
    }
  }

  private void redeliver(BacklogEntry entry) {
    DeadLetterPolicy policy = definition.getDeadLetterPolicy();
    if (definition.hasDeadLetterPolicy() && entry.attempts >= policy.getMaxDeliveryAttempts()) {
      backlog.park(entry);
      doomed.add(entry);
    } else {
      release(entry);
    }
  }

  private void release(BacklogEntry entry) {
    Duration wait = RetryBackoff.of(definition).after(entry.attempts);
    backlog.release(entry, environment.clock().instant().plus(wait));
  }

  private synchronized List<BacklogEntry> takeDoomed() {
    List<BacklogEntry> result = List.copyOf(doomed);
    doomed.clear();
    return result;
  }

  private void giveUp(BacklogEntry entry) {
    PubsubMessage letter = DeadLetter.of(entry.message, entry.attempts, definition);
    String topic = definition.getDeadLetterPolicy().getDeadLetterTopic();
    boolean forwarded = environment.deadLetters().forward(topic, letter);
    synchronized (this) {
      if (forwarded) {
        deadLettered++;
        skip(List.of(entry));
      } else {
        // Without its topic Pub/Sub cannot forward either: it keeps delivering.
        release(entry);
      }
    }
  }
}
