package io.deltaferry.localgcp.pubsub;

import com.google.pubsub.v1.PubsubMessage;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** One unacknowledged message of one subscription and where it stands. Owned by its backlog. */
final class BacklogEntry {
  /** Sets sorted by this must not hold an entry while its {@link #due} changes. */
  static final Comparator<BacklogEntry> BY_DUE =
      Comparator.comparing((BacklogEntry entry) -> entry.due).thenComparing(entry -> entry.number);

  final PubsubMessage message;
  final long number;
  int attempts;

  /** When it may be delivered, or, while leased, when the lease ends. */
  Instant due;

  /** Set while leased. */
  @Nullable String ackId;

  BacklogEntry(PubsubMessage message, long number, Instant due) {
    this.message = message;
    this.number = number;
    this.due = due;
  }

  String messageId() {
    return message.getMessageId();
  }
}
