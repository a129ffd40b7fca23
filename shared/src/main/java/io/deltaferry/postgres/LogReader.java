package io.deltaferry.postgres;

import io.deltaferry.bound.CursorRead;
import io.deltaferry.bound.LogLook;
import io.deltaferry.bound.Look;
import io.deltaferry.sql.ChangesQuery;
import io.deltaferry.sql.LogReading;
import io.deltaferry.sql.PgLiteral;
import io.deltaferry.sql.PgTable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks at a log that tells of a table's changes. */
public final class LogReader {
  /** What a role may not see of a sequence stays unknown. */
  private static final String TAKEN =
      """
      SELECT CASE WHEN pg_catalog.has_sequence_privilege(s.seqrelid, 'SELECT, USAGE')
        THEN coalesce(pg_catalog.pg_sequence_last_value(s.seqrelid::regclass), s.seqstart - s.seqincrement)
        END::text
      FROM pg_catalog.pg_sequence AS s
      WHERE s.seqrelid = pg_catalog.pg_get_serial_sequence(%s, %s)::regclass AND s.seqincrement > 0""";

  private final PostgresSession session;

  public LogReader(PostgresSession session) {
    this.session = session;
  }

  /**
   * What bounds a run, and what the log still has; to be read before its snapshot.
   *
   * @throws io.deltaferry.error.DeltaferryException SOURCE_DENIED, SOURCE_UNAVAILABLE
   */
  public LogLook look(LogReading log) {
    String oldest = oldest(log);
    String taken = taken(log);
    Map<Long, Long> files = new SourceFiles(session).of(log.table());
    Look look = new LookReader(session).read(log.table(), log.cursor());
    CursorRead read = look.cursor();
    // Who begins later takes larger ones than any that was given before.
    String highest = read.highest() == null ? taken : read.highest();
    return new LogLook(
        oldest,
        taken,
        files,
        new Look(new CursorRead(read.kind(), read.origin(), highest), look.activity()));
  }

  /** The sequence that numbers the entries, as SQL text; empty where none is theirs. */
  public Optional<String> sequence(LogReading log) {
    return session.text(
        "SELECT pg_catalog.pg_get_serial_sequence(%s, %s)"
            .formatted(PgLiteral.quote(log.table().sql()), PgLiteral.quote(log.log().id())),
        what(log.table()));
  }

  /** The smallest number of an entry, or null. */
  public @Nullable String oldest(LogReading log) {
    return session.text(ChangesQuery.oldest(log), what(log.table())).orElse(null);
  }

  /** The last number that was given to an entry; null where nobody may know. */
  public @Nullable String taken(LogReading log) {
    return session
        .text(
            TAKEN.formatted(PgLiteral.quote(log.table().sql()), PgLiteral.quote(log.log().id())),
            what(log.table()))
        .orElse(null);
  }

  /**
   * Entries that nobody can make sense of.
   *
   * @param keyless without a key that could be the table's
   * @param unknown with an action that the table file does not know
   */
  public record Doubtful(long keyless, long unknown) {}

  /** Of those that a run reads. */
  public Doubtful doubtful(ChangesQuery changes) {
    List<@Nullable String> row = session.row(changes.doubtful(), what(changes.log().table()));
    return new Doubtful(
        Long.parseLong(String.valueOf(row.get(0))), Long.parseLong(String.valueOf(row.get(1))));
  }

  private static String what(PgTable log) {
    return "reading the log " + log.sql();
  }
}
