package io.deltaferry.cli.doctor.database;

import io.deltaferry.cli.doctor.Finding;
import io.deltaferry.cli.doctor.Remedy;
import io.deltaferry.config.NearestName;
import io.deltaferry.error.DeltaferryException;
import io.deltaferry.postgres.ConfiguredTable;
import io.deltaferry.postgres.PostgresSession;
import io.deltaferry.postgres.SourceHints;
import io.deltaferry.sql.DeltaSource;
import io.deltaferry.sql.PgTable;
import io.deltaferry.table.Column;
import io.deltaferry.table.TableConfig;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The table is there, and the user may read the columns that travel. */
final class TableReadCheck extends TableCheck {
  TableReadCheck(SourceSessions sessions, TableConfig table) {
    super(sessions, table);
  }

  @Override
  public String name() {
    return "source";
  }

  @Override
  Finding look(PostgresSession session, ConfiguredTable configured) {
    String source = configured.source().describe();
    try {
      List<String> columns =
          configured.schema().columns().stream()
              .map(Column::name)
              .filter(column -> !table().privacy().exclude().contains(column))
              .toList();
      sessions().askOnce(reading -> probe(reading, configured.source(), columns));
      return Finding.ok(source + ", " + columns.size() + " columns");
    } catch (DeltaferryException e) {
      return switch (e.code()) {
        case SOURCE_MISSING -> absent(session, source);
        case SOURCE_DENIED -> denied(session, configured, e);
        default -> throw e;
      };
    }
  }

  /** As an extraction does it, lock and snapshot first. */
  private List<@Nullable String> probe(
      PostgresSession session, DeltaSource source, List<String> columns) {
    session.beginSnapshot(source instanceof PgTable pgTable ? pgTable : null);
    return session.row(
        ReadProbe.sql(source, columns, table().filter()), "reading " + source.describe());
  }

  private Finding absent(PostgresSession session, String source) {
    String written = table().source().toString();
    List<String> known = new SourceHints(session).tables();
    String correction =
        NearestName.of(written, known)
            .map(near -> "write `source: %s` under %s".formatted(near, entry()))
            .orElse("correct `source` under " + entry() + ", or create the table");
    return Finding.missing("no table or view " + source, Remedy.advice(correction));
  }

  private Finding denied(
      PostgresSession session, ConfiguredTable configured, DeltaferryException failure) {
    if (!(configured.source() instanceof PgTable pgTable)) {
      return Finding.missing(failure.code().name(), Remedy.advice(failure.getMessage()));
    }
    return denied(session, pgTable, failure);
  }
}
