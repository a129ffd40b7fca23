package io.deltaferry.localgcp.bigquery.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltaferry.localgcp.bigquery.catalog.Catalog;
import io.deltaferry.localgcp.bigquery.catalog.Session;
import io.deltaferry.localgcp.bigquery.catalog.TableEntry;
import io.deltaferry.localgcp.bigquery.sql.Definition.AlterTable.DropNotNull;
import io.deltaferry.localgcp.bigquery.sql.Definition.AlterTable.SetDataType;
import io.deltaferry.localgcp.bigquery.type.BigQueryType;
import io.deltaferry.localgcp.bigquery.type.DuckTypes;
import io.deltaferry.localgcp.bigquery.type.FieldMode;
import io.deltaferry.localgcp.bigquery.type.FieldSchema;
import io.deltaferry.localgcp.bigquery.type.GoogleSqlTypes;
import io.deltaferry.localgcp.bigquery.type.TableSchema;
import java.sql.SQLException;
import java.util.Optional;

/**
 * ALTER COLUMN: a type only becomes one that holds all its values, as BigQuery has it. Columns that
 * decide where rows are kept stay as they are.
 */
final class ColumnChange {
  private final Catalog catalog;
  private final Session session;
  private final TableEntry table;

  ColumnChange(Catalog catalog, Session session, TableEntry table) {
    this.catalog = catalog;
    this.session = session;
    this.table = table;
  }

  TableEntry setDataType(SetDataType set) throws SQLException {
    Optional<FieldSchema> found = field(set.name(), set.ifExists());
    if (found.isEmpty()) {
      return table;
    }
    FieldSchema old = found.get();
    FieldSchema typed = GoogleSqlTypes.read(old.name(), set.type());
    FieldSchema now =
        new FieldSchema(
            old.name(),
            typed.type(),
            old.mode(),
            typed.fields(),
            typed.precision(),
            typed.scale(),
            typed.maxLength(),
            old.description(),
            old.defaultValueExpression());
    if (GoogleSqlTypes.write(old).equals(GoogleSqlTypes.write(now))) {
      return table;
    }
    check(old, now);
    session.execute(
        "ALTER TABLE %s ALTER %s SET DATA TYPE %s USING %s"
            .formatted(
                table.id().quoted(),
                DuckTypes.quote(old.name()),
                DuckTypes.of(now),
                set.conversion()));
    return replaced(old, now);
  }

  private void check(FieldSchema old, FieldSchema now) {
    String types = GoogleSqlTypes.write(old) + " to " + GoogleSqlTypes.write(now);
    if (decidesPlace(old.name())) {
      throw JobFailure.invalidQuery(
          "Cannot change the type of column "
              + old.name()
              + " from "
              + types
              + ": the table is partitioned or clustered by it");
    }
    if (!Widening.isOne(old, now)) {
      throw JobFailure.invalidQuery(
          "ALTER TABLE ALTER COLUMN SET DATA TYPE cannot change column "
              + old.name()
              + " from "
              + types);
    }
  }

  private boolean decidesPlace(String column) {
    JsonNode properties = table.properties();
    for (JsonNode field : properties.path("clustering").path("fields")) {
      if (field.asText().equalsIgnoreCase(column)) {
        return true;
      }
    }
    return properties.path("timePartitioning").path("field").asText().equalsIgnoreCase(column)
        || properties.path("rangePartitioning").path("field").asText().equalsIgnoreCase(column);
  }

  TableEntry dropNotNull(DropNotNull drop) throws SQLException {
    Optional<FieldSchema> found = field(drop.name(), drop.ifExists());
    if (found.isEmpty()) {
      return table;
    }
    FieldSchema old = found.get();
    if (old.mode() != FieldMode.REQUIRED) {
      throw JobFailure.invalidQuery(
          "ALTER COLUMN DROP NOT NULL failed: column " + old.name() + " is not NOT NULL");
    }
    TableEntry after = table.withSchema(schema(old, old.withMode(FieldMode.NULLABLE)));
    catalog.update(session, table, after);
    return after;
  }

  private Optional<FieldSchema> field(String name, boolean ifExists) {
    Optional<FieldSchema> field = table.schema().field(name);
    if (field.isEmpty() && !ifExists) {
      throw JobFailure.invalidQuery("Column not found: " + name);
    }
    return field;
  }

  private TableEntry replaced(FieldSchema old, FieldSchema now) throws SQLException {
    TableEntry after = table.withSchema(schema(old, now));
    catalog.replaceDescription(session, after);
    return after;
  }

  private TableSchema schema(FieldSchema old, FieldSchema now) {
    return new TableSchema(
        table.schema().fields().stream().map(field -> field.equals(old) ? now : field).toList());
  }

  /** Which changes of a scalar type BigQuery makes in place. */
  private static final class Widening {
    private Widening() {}

    static boolean isOne(FieldSchema old, FieldSchema now) {
      if (old.type() == now.type()) {
        return widerParameters(old, now);
      }
      boolean plain = now.precision() == null && now.maxLength() == null;
      return plain
          && switch (old.type()) {
            case INT64 ->
                now.type() == BigQueryType.NUMERIC
                    || now.type() == BigQueryType.BIGNUMERIC
                    || now.type() == BigQueryType.FLOAT64;
            case NUMERIC ->
                now.type() == BigQueryType.BIGNUMERIC || now.type() == BigQueryType.FLOAT64;
            default -> false;
          };
    }

    private static boolean widerParameters(FieldSchema old, FieldSchema now) {
      Long oldLength = old.maxLength();
      Long nowLength = now.maxLength();
      if (oldLength != null || nowLength != null) {
        return oldLength != null && (nowLength == null || nowLength >= oldLength);
      }
      Integer oldPrecision = old.precision();
      Integer nowPrecision = now.precision();
      if (oldPrecision == null || nowPrecision == null) {
        return oldPrecision != null;
      }
      return scale(now) >= scale(old) && nowPrecision - scale(now) >= oldPrecision - scale(old);
    }

    private static int scale(FieldSchema field) {
      Integer scale = field.scale();
      return scale == null ? 0 : scale;
    }
  }
}
