package io.deltaferry.postgres;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import java.time.Duration;

/**
 * Opens the sessions that read rows, never more at a time than the source bears, and never two for
 * one work. Advisory locks of the source say so to all instances, and end with their session,
 * however that ends.
 */
public final class SourceTurns {
  private static final long POLL_MILLIS = 500;

  private final PostgresSource source;
  private final String deployment;
  private final int sessions;

  /**
   * Takes the source.
   *
   * @param deployment tells the locks of this one from those of others that read the database
   * @param sessions how many may read at a time, in all instances
   */
  public SourceTurns(PostgresSource source, String deployment, int sessions) {
    this.source = source;
    this.deployment = deployment;
    this.sessions = sessions;
  }

  /**
   * A session for the work, as soon as there is a place for it.
   *
   * @param work a name; while one session has it no other gets it
   * @param patience how long to wait
   * @param statementTimeout of each statement of the session
   * @throws DeltaferryException SOURCE_UNAVAILABLE when the wait was in vain, and as {@link
   *     PostgresSource#open}
   */
  public PostgresSession open(String work, Duration patience, Duration statementTimeout) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      PostgresSession session = source.open(statementTimeout);
      if (hasTurn(session, work)) {
        return session;
      }
      // It is closed again: a session that waits would be one too many for the source.
      if (System.nanoTime() > deadline) {
        throw new DeltaferryException(
            ErrorCode.SOURCE_UNAVAILABLE,
            "within "
                + patience
                + " there was no turn to read: another attempt still does, or "
                + sessions
                + " sessions read for others; it is tried again");
      }
      pause();
    }
  }

  private boolean hasTurn(PostgresSession session, String work) {
    boolean turn = false;
    try {
      turn = session.tryLock(deployment + " work " + work) && hasPlace(session);
      return turn;
    } finally {
      if (!turn) {
        session.close();
      }
    }
  }

  private boolean hasPlace(PostgresSession session) {
    for (int place = 0; place < sessions; place++) {
      if (session.tryLock(deployment + " place " + place)) {
        return true;
      }
    }
    return false;
  }

  private static void pause() {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DeltaferryException(
          ErrorCode.SOURCE_UNAVAILABLE, "interrupted while waiting for a turn to read", e);
    }
  }
}
