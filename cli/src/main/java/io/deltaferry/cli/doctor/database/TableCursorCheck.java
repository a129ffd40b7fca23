package io.deltaferry.cli.doctor.database;

import io.deltaferry.cli.doctor.Finding;
import io.deltaferry.cli.doctor.Remedy;
import io.deltaferry.error.DeltaferryException;
import io.deltaferry.postgres.ConfiguredTable;
import io.deltaferry.postgres.PostgresSession;
import io.deltaferry.postgres.SourceHints;
import io.deltaferry.postgres.SourceHints.CursorIndex;
import io.deltaferry.sql.Cursor;
import io.deltaferry.sql.PgIdentifier;
import io.deltaferry.sql.PgTable;
import io.deltaferry.table.Column;
import io.deltaferry.table.TableConfig;
import io.deltaferry.table.TableSchema;
import io.deltaferry.type.CursorKind;
import java.util.Optional;
import java.util.stream.Collectors;

/** The column that orders changes is there, and an index finds them. */
final class TableCursorCheck extends TableCheck {
  TableCursorCheck(SourceSessions sessions, TableConfig table) {
    super(sessions, table);
  }

  @Override
  public String name() {
    return "cursor";
  }

  @Override
  Finding look(PostgresSession session, ConfiguredTable configured) {
    TableSchema schema = readable(configured);
    Cursor cursor;
    try {
      cursor = configured.cursor(schema);
    } catch (DeltaferryException e) {
      return Finding.missing(unusable(schema), Remedy.advice(candidates(schema)));
    }
    if (!(configured.source() instanceof PgTable pgTable)) {
      return Finding.ok(cursor.column() + " of a query");
    }
    Optional<CursorIndex> index = new SourceHints(session).cursorIndex(pgTable, cursor.column());
    if (index.isEmpty()) {
      return Finding.ok(cursor.column() + " of a view or a foreign table");
    }
    return index.get().indexed()
        ? Finding.ok(cursor.column() + ", indexed")
        : Finding.warning(
            cursor.column() + " has no index: every run reads the whole table",
            createIndex(pgTable, cursor.column(), index.get()));
  }

  private String unusable(TableSchema schema) {
    String cursor = String.valueOf(table().cursor());
    return schema
        .column(cursor)
        .map(column -> cursor + " is a " + column.type().display() + ", which orders no changes")
        .orElse("no column " + cursor);
  }

  private String candidates(TableSchema schema) {
    String columns =
        schema.columns().stream()
            .filter(TableCursorCheck::isCandidate)
            .map(Column::name)
            .collect(Collectors.joining(", "));
    return columns.isEmpty()
        ? "add a column that every change raises, and name it under `cursor` of " + entry()
        : "name the column that every change raises under `cursor` of %s; it could be %s"
            .formatted(entry(), columns);
  }

  private static boolean isCandidate(Column column) {
    return CursorKind.of(column.type()).filter(kind -> kind != CursorKind.XID8).isPresent();
  }

  /** A partitioned table takes no index concurrently. */
  static Remedy createIndex(PgTable pgTable, String column, CursorIndex index) {
    return Remedy.sql(
        "CREATE INDEX %sON %s (%s);"
            .formatted(
                index.partitioned() ? "" : "CONCURRENTLY ",
                pgTable.sql(),
                PgIdentifier.quote(column)));
  }
}
