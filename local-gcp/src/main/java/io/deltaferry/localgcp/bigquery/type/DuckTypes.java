package io.deltaferry.localgcp.bigquery.type;

import java.util.List;
import java.util.stream.Collectors;

/**
 * BigQuery types as DuckDB types.
 *
 * <p>BIGNUMERIC is a DuckDB BIGNUM holding the value times 10^38, so that it compares, sorts,
 * groups and joins exactly. Type parameters are limits of a column, not types of their own: every
 * NUMERIC is DECIMAL(38,9), as every NUMERIC expression is NUMERIC in GoogleSQL.
 */
public final class DuckTypes {
  private DuckTypes() {}

  /** The DuckDB type of a field's values, list included; never says NOT NULL. */
  public static String of(FieldSchema field) {
    return field.isRepeated() ? elementOf(field) + "[]" : elementOf(field);
  }

  /** The DuckDB type of one value: a REPEATED field's element. */
  public static String elementOf(FieldSchema field) {
    return switch (field.type()) {
      case BOOL -> "BOOLEAN";
      case INT64 -> "BIGINT";
      case FLOAT64 -> "DOUBLE";
      case NUMERIC -> "DECIMAL(38,9)";
      case BIGNUMERIC -> "BIGNUM";
      case STRING, GEOGRAPHY -> "VARCHAR";
      case BYTES -> "BLOB";
      case DATE -> "DATE";
      case DATETIME -> "TIMESTAMP";
      case TIME -> "TIME";
      case TIMESTAMP -> "TIMESTAMP WITH TIME ZONE";
      case JSON -> "JSON";
      case INTERVAL -> "INTERVAL";
      case STRUCT -> struct(field.fields());
    };
  }

  private static String struct(List<FieldSchema> fields) {
    return fields.stream()
        .map(field -> quote(field.name()) + " " + of(field))
        .collect(Collectors.joining(", ", "STRUCT(", ")"));
  }

  /**
   * The column list of CREATE TABLE, without parentheses. A REPEATED column is never NULL: its
   * absence is the empty list.
   */
  public static String columns(TableSchema schema) {
    return schema.fields().stream().map(DuckTypes::column).collect(Collectors.joining(", "));
  }

  private static String column(FieldSchema field) {
    String declared = quote(field.name()) + " " + of(field);
    return switch (field.mode()) {
      case NULLABLE -> declared;
      case REQUIRED, REPEATED -> declared + " NOT NULL";
    };
  }

  /** A DuckDB identifier, quoted. */
  public static String quote(String identifier) {
    return "\"" + identifier.replace("\"", "\"\"") + "\"";
  }
}
