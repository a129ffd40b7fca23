package io.deltaferry.cli.doctor.database;

import io.deltaferry.cli.doctor.Finding;
import io.deltaferry.cli.doctor.NotCheckedException;
import io.deltaferry.cli.doctor.Remedy;
import io.deltaferry.error.DeltaferryException;
import io.deltaferry.postgres.ConfiguredTable;
import io.deltaferry.postgres.LogReader;
import io.deltaferry.postgres.PostgresSession;
import io.deltaferry.postgres.SourceHints;
import io.deltaferry.postgres.SourceHints.CursorIndex;
import io.deltaferry.sql.LogReading;
import io.deltaferry.sql.PgIdentifier;
import io.deltaferry.sql.PgTable;
import io.deltaferry.table.SourceTable;
import io.deltaferry.table.TableConfig;
import io.deltaferry.table.TableSchema;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The log that tells of changes is there, fits the table, and can be read where it ends. */
final class TableLogCheck extends TableCheck {
  TableLogCheck(SourceSessions sessions, TableConfig table) {
    super(sessions, table);
  }

  @Override
  public String name() {
    return "change log";
  }

  @Override
  Finding look(PostgresSession session, ConfiguredTable configured) {
    TableSchema schema = readable(configured);
    List<String> key = key(configured, schema);
    PgTable entries = PgTable.of(named().schema(), named().table());
    try {
      LogReading log = configured.log(schema, key);
      sessions().askOnce(reading -> probe(reading, log));
      return found(session, log);
    } catch (DeltaferryException e) {
      return switch (e.code()) {
        case SOURCE_MISSING ->
            Finding.missing(
                "no table or view " + entries.sql(),
                Remedy.advice("correct `change_log.table` of " + entry()));
        case SOURCE_DENIED -> denied(session, entries, e);
        case COLUMN_MISSING, CURSOR_INVALID, CHANGE_LOG_INVALID ->
            Finding.missing("does not fit", Remedy.advice(e.getMessage()));
        default -> throw e;
      };
    }
  }

  private SourceTable named() {
    return table().requiredLog().table();
  }

  private static List<String> key(ConfiguredTable configured, TableSchema schema) {
    try {
      return configured.key(schema);
    } catch (DeltaferryException e) {
      throw new NotCheckedException("the table has no key, see above");
    }
  }

  /** As an extraction does it, lock and snapshot first. */
  private static List<@Nullable String> probe(PostgresSession session, LogReading log) {
    session.beginSnapshot(log.table());
    return session.row(
        ReadProbe.sql(log.table(), log.log().columns(), null), "reading " + log.table());
  }

  private Finding found(PostgresSession session, LogReading log) {
    PgTable entries = log.table();
    Optional<CursorIndex> index = new SourceHints(session).cursorIndex(entries, log.log().id());
    if (index.isPresent() && !index.get().indexed()) {
      return Finding.warning(
          log.log().id() + " of " + entries + " has no index: every run reads the whole log",
          TableCursorCheck.createIndex(entries, log.log().id(), index.get()));
    }
    LogReader reader = new LogReader(session);
    Optional<String> sequence = reader.sequence(log);
    if (sequence.isPresent() && reader.taken(log) == null) {
      return Finding.warning(
          "nobody knows where "
              + entries
              + " ends while it is empty: "
              + sequence.get()
              + " is hidden",
          Remedy.sql(
              "GRANT SELECT ON SEQUENCE %s TO %s;"
                  .formatted(sequence.get(), PgIdentifier.quote(user()))));
    }
    return Finding.ok(
        entries + (index.isPresent() ? ", by " + log.log().id() + ", indexed" : ", a view"));
  }
}
