package io.deltaferry.cli.doctor.database;

import io.deltaferry.cli.doctor.Finding;
import io.deltaferry.cli.doctor.Remedy;
import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.postgres.ConfiguredTable;
import io.deltaferry.postgres.PostgresSession;
import io.deltaferry.sql.PgIdentifier;
import io.deltaferry.sql.PgTable;
import io.deltaferry.table.Column;
import io.deltaferry.table.TableConfig;
import io.deltaferry.table.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Something identifies the table's rows. */
final class TableKeyCheck extends TableCheck {
  TableKeyCheck(SourceSessions sessions, TableConfig table) {
    super(sessions, table);
  }

  @Override
  public String name() {
    return "key";
  }

  @Override
  Finding look(PostgresSession session, ConfiguredTable configured) {
    TableSchema schema = readable(configured);
    List<String> absent =
        table().key().stream().filter(column -> schema.column(column).isEmpty()).toList();
    if (!absent.isEmpty()) {
      return Finding.missing(
          "no column " + String.join(", ", absent),
          Remedy.advice("name columns that exist under `key` of " + entry()));
    }
    try {
      return Finding.ok(
          String.join(", ", configured.key(schema))
              + (table().key().isEmpty() ? ", the primary key" : ""));
    } catch (DeltaferryException e) {
      return e.code() == ErrorCode.KEY_INVALID && configured.source() instanceof PgTable pgTable
          ? unproven(pgTable, schema)
          : Finding.missing(
              "no primary key",
              Remedy.advice("name the columns that identify a row under `key` of " + entry()));
    }
  }

  private Finding unproven(PgTable pgTable, TableSchema schema) {
    List<Remedy> remedies = new ArrayList<>();
    table().key().stream()
        .map(schema::column)
        .flatMap(Optional::stream)
        .filter(Column::nullable)
        .forEach(
            column ->
                remedies.add(
                    Remedy.sql(
                        "ALTER TABLE %s ALTER COLUMN %s SET NOT NULL;"
                            .formatted(pgTable.sql(), PgIdentifier.quote(column.name())))));
    String columns =
        table().key().stream().map(PgIdentifier::quote).collect(Collectors.joining(", "));
    remedies.add(Remedy.sql("CREATE UNIQUE INDEX ON %s (%s);".formatted(pgTable.sql(), columns)));
    remedies.add(
        Remedy.advice("or set `assume_unique: true`: then every run looks for duplicates"));
    return Finding.missing(
        "nothing proves that (%s) identifies a row".formatted(String.join(", ", table().key())),
        remedies.toArray(Remedy[]::new));
  }
}
