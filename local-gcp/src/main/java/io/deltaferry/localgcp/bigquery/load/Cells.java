package io.deltaferry.localgcp.bigquery.load;

import io.deltaferry.localgcp.bigquery.type.BigQueryInterval;
import io.deltaferry.localgcp.bigquery.type.FieldSchema;
import io.deltaferry.localgcp.bigquery.type.ScalarText;
import java.math.BigDecimal;
import org.duckdb.DuckDBAppender;

/** Chooses the cell of each type, and what of it DuckDB's appender cannot take directly. */
final class Cells {
  private Cells() {}

  static Cell of(FieldSchema field) {
    return switch (field.type()) {
      case BOOL ->
          new LongCell(
              field,
              1,
              text -> ScalarText.bool(text) ? 1 : 0,
              (out, value) -> out.append(value == 1));
      case INT64 -> new LongCell(field, 8, ScalarText::int64, DuckDBAppender::append);
      case FLOAT64 ->
          new LongCell(
              field,
              8,
              text -> Double.doubleToLongBits(ScalarText.float64(text)),
              (out, value) -> out.append(Double.longBitsToDouble(value)));
      case DATE ->
          new LongCell(
              field, 8, ScalarText::date, (out, value) -> out.appendEpochDays((int) value));
      case TIME -> new LongCell(field, 8, ScalarText::time, DuckDBAppender::appendDayMicros);
      case DATETIME ->
          new LongCell(field, 8, ScalarText::datetime, DuckDBAppender::appendEpochMicros);
      case TIMESTAMP ->
          new LongCell(field, 8, ScalarText::timestamp, DuckDBAppender::appendEpochMicros);
      case STRING -> new StringCell(field);
      case BYTES ->
          new ObjectCell<byte[]>(
              field, ScalarText::bytes, DuckDBAppender::append, value -> 2L + value.length);
      case NUMERIC ->
          new ObjectCell<BigDecimal>(
              field, ScalarText::decimal, DuckDBAppender::append, value -> 16);
      case BIGNUMERIC ->
          new ObjectCell<BigDecimal>(
              field,
              ScalarText::decimal,
              (out, value) -> out.append(value.unscaledValue().toString()),
              value -> 32);
      case JSON ->
          new ObjectCell<String>(
              field,
              (json, text) -> ScalarText.json(text),
              DuckDBAppender::append,
              value -> 2L + value.length());
      case INTERVAL ->
          new ObjectCell<BigQueryInterval>(
              field,
              (interval, text) -> ScalarText.interval(text),
              (out, value) -> out.append(value.duckText()),
              value -> 16);
      case GEOGRAPHY ->
          new ObjectCell<String>(
              field,
              (geography, text) -> ScalarText.geography(text),
              DuckDBAppender::append,
              value -> 16L + value.length());
      case STRUCT -> throw new IllegalArgumentException("a STRUCT has no cell: " + field.name());
    };
  }

  /** Types the appender does not know; they are appended as text and cast by SQL. */
  static boolean needsCast(FieldSchema field) {
    return switch (field.type()) {
      case BIGNUMERIC, INTERVAL -> true;
      case BOOL,
          INT64,
          FLOAT64,
          NUMERIC,
          STRING,
          BYTES,
          DATE,
          DATETIME,
          TIME,
          TIMESTAMP,
          JSON,
          GEOGRAPHY,
          STRUCT ->
          false;
    };
  }
}
