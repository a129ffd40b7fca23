package io.deltaferry.localgcp.bigquery.catalog;

import io.deltaferry.localgcp.bigquery.type.DuckTypes;
import io.deltaferry.localgcp.bigquery.type.FieldSchema;
import io.deltaferry.localgcp.bigquery.type.TableSchema;
import java.util.stream.Collectors;

/**
 * The SQL that adds up what BigQuery counts for a table's rows: 8 bytes for an INT64, 2 and the
 * text for a STRING, nothing for NULL.
 */
final class LogicalSize {
  private LogicalSize() {}

  /** An aggregate over the whole table. */
  static String of(TableSchema schema) {
    return schema.fields().stream()
        .map(field -> "coalesce(sum(" + field(DuckTypes.quote(field.name()), field, 0) + "), 0)")
        .collect(Collectors.joining(" + ", "CAST(", " AS BIGINT)"));
  }

  private static String field(String value, FieldSchema field, int depth) {
    if (!field.isRepeated()) {
      return element(value, field, depth);
    }
    String item = "x" + depth;
    return "coalesce(list_sum(list_transform("
        + value
        + ", lambda "
        + item
        + ": "
        + element(item, field, depth + 1)
        + ")), 0)";
  }

  private static String element(String value, FieldSchema field, int depth) {
    return "CASE WHEN " + value + " IS NULL THEN 0 ELSE " + present(value, field, depth) + " END";
  }

  private static String present(String value, FieldSchema field, int depth) {
    return switch (field.type()) {
      case BOOL -> "1";
      case INT64, FLOAT64, DATE, DATETIME, TIME, TIMESTAMP -> "8";
      case NUMERIC, INTERVAL -> "16";
      case BIGNUMERIC -> "32";
      case STRING, GEOGRAPHY -> "2 + strlen(" + value + ")";
      case BYTES -> "2 + octet_length(" + value + ")";
      case JSON -> "2 + strlen(CAST(" + value + " AS VARCHAR))";
      case STRUCT ->
          field.fields().stream()
              .map(
                  member ->
                      field(
                          "struct_extract("
                              + value
                              + ", '"
                              + member.name().replace("'", "''")
                              + "')",
                          member,
                          depth))
              .collect(Collectors.joining(" + "));
    };
  }
}
