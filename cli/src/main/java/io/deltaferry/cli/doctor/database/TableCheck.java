package io.deltaferry.cli.doctor.database;

import io.deltaferry.cli.doctor.Check;
import io.deltaferry.cli.doctor.Finding;
import io.deltaferry.cli.doctor.NotCheckedException;
import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.postgres.ConfiguredTable;
import io.deltaferry.postgres.PostgresSession;
import io.deltaferry.table.TableConfig;
import io.deltaferry.table.TableSchema;

/** What the checks of one table share. */
abstract class TableCheck implements Check {
  private final SourceSessions sessions;
  private final TableConfig table;

  TableCheck(SourceSessions sessions, TableConfig table) {
    this.sessions = sessions;
    this.table = table;
  }

  @Override
  public final String area() {
    return "table " + table.name();
  }

  @Override
  public final Finding look() {
    return sessions.ask(session -> look(session, new ConfiguredTable(table, session)));
  }

  abstract Finding look(PostgresSession session, ConfiguredTable configured);

  final TableConfig table() {
    return table;
  }

  final SourceSessions sessions() {
    return sessions;
  }

  final String user() {
    return sessions.config().user();
  }

  /** The entry's place in the table file, for advice. */
  final String entry() {
    return "tables." + table.name();
  }

  /**
   * The table's structure, for checks that are not about whether it can be read.
   *
   * @throws NotCheckedException when it cannot; that has a line of its own
   */
  static TableSchema readable(ConfiguredTable configured) {
    try {
      return configured.schema();
    } catch (DeltaferryException e) {
      if (e.code() == ErrorCode.SOURCE_UNAVAILABLE) {
        throw e;
      }
      throw new NotCheckedException("the source cannot be read, see above");
    }
  }
}
