package io.deltaferry.cli.query;

import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.FieldValue;
import com.google.cloud.bigquery.StandardSQLTypeName;

/** A value as one text: scalars as BigQuery writes them, nested ones as JSON. */
final class CellText {
  private CellText() {}

  /** Not for NULL, which is no text. */
  static String of(Field field, FieldValue value) {
    if (value.getAttribute() != FieldValue.Attribute.PRIMITIVE) {
      return CellJson.text(CellJson.node(field, value));
    }
    return field.getType().getStandardType() == StandardSQLTypeName.TIMESTAMP
        ? CellJson.timestamp(value)
        : value.getStringValue();
  }
}
