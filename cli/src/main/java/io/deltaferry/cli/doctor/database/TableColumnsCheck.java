package io.deltaferry.cli.doctor.database;

import io.deltaferry.cli.doctor.Finding;
import io.deltaferry.cli.doctor.Remedy;
import io.deltaferry.error.DeltaferryException;
import io.deltaferry.postgres.ConfiguredTable;
import io.deltaferry.postgres.PostgresSession;
import io.deltaferry.table.TableConfig;
import io.deltaferry.table.TableSchema;
import io.deltaferry.type.TypeMapping;
import java.util.ArrayList;
import java.util.List;

/** Every column that travels has a type that BigQuery can hold. */
final class TableColumnsCheck extends TableCheck {
  TableColumnsCheck(SourceSessions sessions, TableConfig table) {
    super(sessions, table);
  }

  @Override
  public String name() {
    return "columns";
  }

  @Override
  Finding look(PostgresSession session, ConfiguredTable configured) {
    TableSchema schema = readable(configured);
    // Whether the key's columns are there is the key's own line.
    List<String> key = new ArrayList<>(table().key().isEmpty() ? schema.key() : table().key());
    key.removeIf(column -> schema.column(column).isEmpty());
    try {
      List<TypeMapping> columns = configured.columns(schema, key);
      return Finding.ok(columns.size() + " with a type for BigQuery");
    } catch (DeltaferryException e) {
      return Finding.missing(e.code().name(), Remedy.advice(e.getMessage().replace('\n', ' ')));
    }
  }
}
