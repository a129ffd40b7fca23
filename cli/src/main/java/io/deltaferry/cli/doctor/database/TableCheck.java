package io.deltaferry.cli.doctor.database;

import io.deltaferry.cli.doctor.Check;
import io.deltaferry.cli.doctor.Finding;
import io.deltaferry.cli.doctor.NotCheckedException;
import io.deltaferry.cli.doctor.Remedy;
import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.postgres.ConfiguredTable;
import io.deltaferry.postgres.PostgresSession;
import io.deltaferry.postgres.SourceHints;
import io.deltaferry.sql.PgIdentifier;
import io.deltaferry.sql.PgTable;
import io.deltaferry.table.TableConfig;
import io.deltaferry.table.TableSchema;
import java.util.ArrayList;
import java.util.List;

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

  /** What a user lacks who may not read a table as an extraction does. */
  final Finding denied(PostgresSession session, PgTable pgTable, DeltaferryException failure) {
    String role = PgIdentifier.quote(user());
    SourceHints.Access access = new SourceHints(session).access(pgTable);
    if (access.schema() && access.select() && access.rowSecurity()) {
      return Finding.missing(
          "row-level security would hide rows", Remedy.sql("ALTER ROLE " + role + " BYPASSRLS;"));
    }
    List<Remedy> grants = new ArrayList<>();
    if (!access.schema()) {
      grants.add(
          Remedy.sql("GRANT USAGE ON SCHEMA %s TO %s;".formatted(pgTable.schema().sql(), role)));
    }
    if (!access.select()) {
      grants.add(Remedy.sql("GRANT SELECT ON TABLE %s TO %s;".formatted(pgTable.sql(), role)));
    }
    return grants.isEmpty()
        ? Finding.missing(failure.code().name(), Remedy.advice(failure.getMessage()))
        : Finding.missing(
            (access.schema() ? "may not be read by " : "its schema may not be used by ") + user(),
            grants.toArray(Remedy[]::new));
  }
}
