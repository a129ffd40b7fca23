package io.deltaferry.localgcp.bigquery.job;

import io.deltaferry.localgcp.bigquery.catalog.TypeText;
import io.deltaferry.localgcp.bigquery.type.FieldSchema;
import io.deltaferry.localgcp.bigquery.type.TableSchema;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The BigQuery schema of what a DuckDB statement returns. */
final class ResultSchema {
  private ResultSchema() {}

  /**
   * Reads the schema of a prepared SELECT without running it.
   *
   * @throws JobFailure invalidQuery for repeated names, internalError for a type that BigQuery does
   *     not have
   */
  static TableSchema of(PreparedStatement statement) throws SQLException {
    ResultSetMetaData columns = statement.getMetaData();
    List<FieldSchema> fields = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      String name = columns.getColumnName(i);
      if (!names.add(name.toLowerCase(Locale.ROOT))) {
        throw JobFailure.invalidQuery(
            "Duplicate column names in the result are not supported. Found duplicate(s): " + name);
      }
      fields.add(field(name, columns.getColumnTypeName(i)));
    }
    return new TableSchema(fields);
  }

  /** A column as DuckDB describes it. */
  static FieldSchema field(String name, String duckType) {
    FieldSchema field = TypeText.parseDuck(name, duckType);
    if (field == null) {
      throw new JobFailure(
          JobError.of(
              "internalError", "Column " + name + " has a type BigQuery lacks: " + duckType));
    }
    return field;
  }
}
