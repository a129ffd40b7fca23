package io.deltaferry.bound;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a database shows of its transactions, to be read before a snapshot is taken and in the order
 * of the first three components, each by a statement of its own. Read the other way round, a writer
 * that commits between the snapshot and the reading would be in neither.
 *
 * @param clock {@code clock_timestamp()}
 * @param sessions of this database, without the one that asked
 * @param prepared how many transactions are prepared in this database
 * @param xmin every transaction with a smaller id has ended
 * @param replica null for a primary; a replica shows no session but its own
 */
public record Activity(
    Instant clock, List<Session> sessions, long prepared, String xmin, @Nullable Replica replica) {
  public Activity {
    sessions = List.copyOf(sessions);
  }

  /** Up to when it shows what was committed; the clock where nobody knows. */
  public Instant shown() {
    return lag().map(clock::minus).orElse(clock);
  }

  /** How far what it shows lies behind the clock; empty where nobody knows. */
  public Optional<Duration> lag() {
    Instant shown = replica == null ? clock : replica.shows(clock);
    return Optional.ofNullable(shown).map(moment -> Duration.between(moment, clock));
  }

  /**
   * A row of {@code pg_stat_activity}.
   *
   * @param kind {@code backend_type}; null when the row is hidden from us
   * @param state null where the session says none
   * @param xactStart null outside a transaction, and where sessions are not tracked
   * @param queryStart of the newest statement
   * @param wrote whether the transaction has an id, which the first write gives it
   * @param reader whether it carries the mark of our own read-only transactions
   */
  public record Session(
      int pid,
      @Nullable String kind,
      @Nullable String state,
      @Nullable Instant xactStart,
      @Nullable Instant queryStart,
      boolean wrote,
      boolean reader) {
    private static final Set<String> SERVERS_OWN = Set.of("autovacuum worker", "slotsync worker");

    /**
     * Whether it may write rows. A walsender takes SQL too, and whoever logs in as we do could wear
     * our mark; each shows by an id that it has written.
     */
    boolean counts() {
      boolean reads = reader || "walsender".equals(kind);
      return (kind == null || !SERVERS_OWN.contains(kind)) && (wrote || !reads);
    }

    boolean isHidden() {
      return kind == null;
    }

    /** Tracking is off, so that no times are known. */
    boolean isUntracked() {
      return "disabled".equals(state) || (isBusy() && since() == null);
    }

    /**
     * A stamp of its transaction, now or later, is no smaller. In a message of several statements
     * the next transaction's {@code now()} is the message's arrival, so that a session at work
     * without a transaction counts from there.
     */
    @Nullable Instant since() {
      return xactStart != null || !isBusy() ? xactStart : queryStart;
    }

    private boolean isBusy() {
      return state != null && !state.equals("idle");
    }
  }

  /**
   * How far a replica has come.
   *
   * @param streaming whether it is connected to where its changes come from
   * @param caughtUp whether it has replayed all it received
   * @param replayed when the newest transaction it has replayed was committed, or null
   */
  public record Replica(boolean streaming, boolean caughtUp, @Nullable Instant replayed) {
    /** Up to when it shows what was committed. Without a connection "all received" says nothing. */
    @Nullable Instant shows(Instant clock) {
      return streaming && caughtUp ? clock : replayed;
    }
  }
}
