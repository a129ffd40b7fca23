package io.deltaferry.localgcp.bigquery.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltaferry.localgcp.bigquery.type.BigQueryType;
import io.deltaferry.localgcp.bigquery.type.FieldMode;
import io.deltaferry.localgcp.bigquery.type.FieldSchema;
import io.deltaferry.localgcp.bigquery.type.GoogleSqlTypes;
import io.deltaferry.localgcp.bigquery.type.TableSchema;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The INFORMATION_SCHEMA of each dataset: DuckDB views named {@code INFORMATION_SCHEMA.TABLES} and
 * {@code INFORMATION_SCHEMA.COLUMNS} in the dataset's own schema.
 */
public final class InformationSchema {
  /** The views a dataset has, by the name SQL uses, with their columns. */
  public static final Map<String, TableSchema> VIEWS =
      Map.of(
          "INFORMATION_SCHEMA.TABLES",
          new TableSchema(
              List.of(
                  text("table_catalog"),
                  text("table_schema"),
                  text("table_name"),
                  text("table_type"),
                  text("is_insertable_into"),
                  text("is_typed"),
                  FieldSchema.nullable("creation_time", BigQueryType.TIMESTAMP))),
          "INFORMATION_SCHEMA.COLUMNS",
          new TableSchema(
              List.of(
                  text("table_catalog"),
                  text("table_schema"),
                  text("table_name"),
                  text("column_name"),
                  FieldSchema.nullable("ordinal_position", BigQueryType.INT64),
                  text("is_nullable"),
                  text("data_type"),
                  text("is_generated"),
                  text("is_hidden"),
                  text("is_system_defined"),
                  text("is_partitioning_column"),
                  FieldSchema.nullable("clustering_ordinal_position", BigQueryType.INT64),
                  text("column_default"))));

  private static final String TABLES =
      """
      CREATE VIEW %s AS
      SELECT project AS table_catalog, dataset AS table_schema, name AS table_name,
        CASE kind WHEN 'VIEW' THEN 'VIEW' ELSE 'BASE TABLE' END AS table_type,
        CASE kind WHEN 'VIEW' THEN 'NO' ELSE 'YES' END AS is_insertable_into,
        'NO' AS is_typed,
        make_timestamptz(created * 1000) AS creation_time
      FROM _catalog.tables
      WHERE project = '%s' AND dataset = '%s' AND coalesce(expires > epoch_ms(now()), true)
      """;

  private static final String COLUMNS =
      """
      CREATE VIEW %s AS
      SELECT t.project AS table_catalog, t.dataset AS table_schema, t.name AS table_name,
        c.name AS column_name, c.ordinal AS ordinal_position,
        CASE WHEN c.nullable THEN 'YES' ELSE 'NO' END AS is_nullable,
        c.type AS data_type, 'NEVER' AS is_generated, 'NO' AS is_hidden,
        'NO' AS is_system_defined,
        CASE WHEN c.partitioning THEN 'YES' ELSE 'NO' END AS is_partitioning_column,
        c.clustering AS clustering_ordinal_position,
        coalesce(c.default_expression, 'NULL') AS column_default
      FROM _catalog.tables AS t JOIN _catalog.columns AS c ON c.number = t.number
      WHERE t.project = '%s' AND t.dataset = '%s'
        AND coalesce(t.expires > epoch_ms(now()), true)
      """;

  private InformationSchema() {}

  private static FieldSchema text(String name) {
    return FieldSchema.nullable(name, BigQueryType.STRING);
  }

  static void create(Session session, DatasetId id) throws SQLException {
    session.execute(view(TABLES, id, "INFORMATION_SCHEMA.TABLES"));
    session.execute(view(COLUMNS, id, "INFORMATION_SCHEMA.COLUMNS"));
  }

  private static String view(String template, DatasetId id, String name) {
    return template.formatted(
        id.quoted() + "." + DatasetId.quote(name),
        id.project().replace("'", "''"),
        id.dataset().replace("'", "''"));
  }

  static void drop(Session session, DatasetId id) throws SQLException {
    for (String name : VIEWS.keySet()) {
      session.execute("DROP VIEW " + id.quoted() + "." + DatasetId.quote(name));
    }
  }

  /** Writes the table's columns anew. */
  static void describe(Session session, TableEntry entry) throws SQLException {
    forget(session, entry);
    JsonNode properties = entry.properties();
    String partitioning =
        Catalog.text(properties.path("timePartitioning"), "field")
            + Catalog.text(properties.path("rangePartitioning"), "field");
    int ordinal = 0;
    for (FieldSchema field : entry.schema().fields()) {
      session.update(
          "INSERT INTO _catalog.columns VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
          entry.number(),
          ++ordinal,
          field.name(),
          GoogleSqlTypes.write(field),
          field.mode() == FieldMode.NULLABLE,
          field.name().equalsIgnoreCase(partitioning),
          clustering(properties, field.name()),
          field.defaultValueExpression());
    }
  }

  private static @Nullable Integer clustering(JsonNode properties, String column) {
    int position = 0;
    for (JsonNode field : properties.path("clustering").path("fields")) {
      position++;
      if (field.asText().equalsIgnoreCase(column)) {
        return position;
      }
    }
    return null;
  }

  static void forget(Session session, TableEntry entry) throws SQLException {
    session.update("DELETE FROM _catalog.columns WHERE number = ?", entry.number());
  }
}
