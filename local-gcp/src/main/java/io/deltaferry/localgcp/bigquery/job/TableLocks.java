package io.deltaferry.localgcp.bigquery.job;

import io.deltaferry.localgcp.bigquery.catalog.TableId;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who may change the rows of a table. Outside transactions a statement waits its turn; inside one
 * it never waits: the transaction is cancelled when another statement changes, or since its start
 * has changed, the same table. Appending and reading take no part in this.
 */
final class TableLocks {
  /** As many mutating statements BigQuery lets wait for one table; the next one fails. */
  private static final int MAX_WAITING = 20;

  private final Map<String, Turn> turns = new HashMap<>();
  private long commits;

  private static final class Turn {
    private @Nullable Owner owner;
    private int waiting;
    private long changedAt;
  }

  /** A statement or transaction; it ends with {@link #release}. */
  final class Owner {
    private final long since = commitsSoFar();

    /** Waits until nobody else changes the table. */
    void await(TableId table) {
      TableLocks.this.await(this, table);
    }

    /**
     * Takes the table for an open transaction.
     *
     * @throws JobFailure when the transaction has lost it
     */
    void claim(TableId table) {
      TableLocks.this.claim(this, table);
    }

    /** Gives back every table; harmless when there is none. */
    void release(boolean changed) {
      TableLocks.this.release(this, changed);
    }
  }

  private synchronized long commitsSoFar() {
    return commits;
  }

  private Turn turn(TableId table) {
    return turns.computeIfAbsent(table.toString().toLowerCase(Locale.ROOT), name -> new Turn());
  }

  private synchronized void await(Owner owner, TableId table) {
    Turn turn = turn(table);
    if (turn.owner == null || turn.owner == owner) {
      turn.owner = owner;
      return;
    }
    if (turn.waiting >= MAX_WAITING) {
      throw new JobFailure(
          JobError.of(
              "rateLimitExceeded",
              "Too many DML statements outstanding against table "
                  + table
                  + ", limit is "
                  + MAX_WAITING
                  + "."));
    }
    turn.waiting++;
    try {
      while (turn.owner != null) {
        wait();
      }
      turn.owner = owner;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw JobFailure.cancelled();
    } finally {
      turn.waiting--;
    }
  }

  private synchronized void claim(Owner owner, TableId table) {
    Turn turn = turn(table);
    boolean lost = turn.owner != owner && (turn.owner != null || turn.changedAt > owner.since);
    if (lost) {
      throw JobFailure.concurrentUpdate(table);
    }
    turn.owner = owner;
  }

  private synchronized void release(Owner owner, boolean changed) {
    commits++;
    for (Turn turn : turns.values()) {
      if (turn.owner == owner) {
        turn.owner = null;
        turn.changedAt = changed ? commits : turn.changedAt;
      }
    }
    notifyAll();
  }
}
