package io.deltaferry.postgres;

import io.deltaferry.bound.CursorOrigin;
import io.deltaferry.bound.CursorRead;
import io.deltaferry.bound.Look;
import io.deltaferry.sql.Cursor;
import io.deltaferry.sql.DeltaQuery;
import io.deltaferry.sql.DeltaSource;
import io.deltaferry.sql.PgTable;
import org.jspecify.annotations.Nullable;

/**
 * Reads what bounds a run, before its snapshot; the session is in autocommit. The largest id comes
 * first: whoever begins after the activity's clock takes larger ones.
 */
final class LookReader {
  private final PostgresSession session;

  LookReader(PostgresSession session) {
    this.session = session;
  }

  /**
   * The look.
   *
   * @throws io.deltaferry.error.DeltaferryException SOURCE_DENIED, SOURCE_UNAVAILABLE
   */
  Look read(DeltaSource source, Cursor cursor) {
    CursorOrigin origin =
        source instanceof PgTable table
            ? new OriginReader(session).read(table, cursor.column(), cursor.kind())
            : CursorOrigin.UNKNOWN;
    CursorRead read = new CursorRead(cursor.kind(), origin, highest(source, cursor, origin));
    return new Look(read, new BoundReader(session).read());
  }

  private @Nullable String highest(DeltaSource source, Cursor cursor, CursorOrigin origin) {
    return source instanceof PgTable table && origin == CursorOrigin.SEQUENCE
        ? session
            .text(DeltaQuery.highest(table, cursor), "reading the largest id of " + table)
            .orElse(null)
        : null;
  }
}
