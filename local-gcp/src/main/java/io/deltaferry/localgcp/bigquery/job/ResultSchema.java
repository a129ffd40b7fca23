package io.deltaferry.localgcp.bigquery.job;

import io.deltaferry.localgcp.bigquery.sql.Definition;
import io.deltaferry.localgcp.bigquery.sql.Translation;
import io.deltaferry.localgcp.bigquery.type.FieldMode;
import io.deltaferry.localgcp.bigquery.type.FieldSchema;
import io.deltaferry.localgcp.bigquery.type.GoogleSqlTypes;
import io.deltaferry.localgcp.bigquery.type.TableSchema;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The schema of what a statement returns or makes. */
final class ResultSchema {
  private ResultSchema() {}

  /**
   * The schema of a SELECT's rows.
   *
   * @throws JobFailure invalidQuery for repeated names
   */
  static TableSchema of(Translation select) {
    return unique(of(select.output()));
  }

  /** The columns as the translator knows them. */
  static TableSchema of(List<Definition.Column> columns) {
    return new TableSchema(columns.stream().map(ResultSchema::field).toList());
  }

  /** One column with its mode, description and default. */
  static FieldSchema field(Definition.Column column) {
    FieldSchema typed = GoogleSqlTypes.read(column.name(), column.type());
    FieldMode mode = column.required() ? FieldMode.REQUIRED : typed.mode();
    return new FieldSchema(
        typed.name(),
        typed.type(),
        typed.isRepeated() ? FieldMode.REPEATED : mode,
        typed.fields(),
        typed.precision(),
        typed.scale(),
        typed.maxLength(),
        column.description(),
        column.defaultSql());
  }

  private static TableSchema unique(TableSchema schema) {
    Set<String> names = new HashSet<>();
    for (FieldSchema field : schema.fields()) {
      if (!names.add(field.name().toLowerCase(Locale.ROOT))) {
        throw JobFailure.invalidQuery(
            "Duplicate column names in the result are not supported. Found duplicate(s): "
                + field.name());
      }
    }
    return schema;
  }
}
