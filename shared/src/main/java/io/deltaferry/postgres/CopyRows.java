package io.deltaferry.postgres;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyOut;

/** The rows of a running COPY, as the server sends them: one array of bytes a row. */
public final class CopyRows implements AutoCloseable {
  private final CopyOut copy;
  private final PostgresSession session;
  private final String what;

  CopyRows(CopyOut copy, PostgresSession session, String what) {
    this.copy = copy;
    this.session = session;
    this.what = what;
  }

  /**
   * The next row with its line feed, the header first; null after the last one.
   *
   * @throws io.deltaferry.error.DeltaferryException as {@link SourceFailures} decides
   */
  public byte @Nullable [] next() {
    try {
      return copy.readFromCopy();
    } catch (SQLException e) {
      throw SourceFailures.translate(e, what);
    }
  }

  /** The number of rows in COPY's command tag, the header not counted; known after the last row. */
  public long tag() {
    return copy.getHandledRowCount();
  }

  /**
   * Cancels a COPY that is still running, and reads its answer to the end. The driver's own
   * cancelCopy() leaves the end of a COPY unread that completes meanwhile, and the next statement
   * takes it for its result.
   */
  @Override
  public void close() {
    if (!copy.isActive()) {
      return;
    }
    session.cancel();
    try {
      byte[] row = copy.readFromCopy();
      while (row != null) {
        row = copy.readFromCopy();
      }
    } catch (SQLException expected) {
      // That it was cancelled.
      return;
    }
  }
}
