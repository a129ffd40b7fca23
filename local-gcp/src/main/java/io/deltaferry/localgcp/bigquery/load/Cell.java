package io.deltaferry.localgcp.bigquery.load;

import io.deltaferry.localgcp.bigquery.type.FieldSchema;
import io.deltaferry.localgcp.bigquery.type.InvalidValueException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.duckdb.DuckDBAppender;

/**
 * One column's place in the row being read: parsed first, appended when the whole row is good. A
 * NULL never reaches {@link #parse}.
 */
abstract class Cell {
  final FieldSchema field;
  private boolean present;

  Cell(FieldSchema field) {
    this.field = field;
  }

  /** Whether the empty text is a value of this type, as it is of STRING and BYTES only. */
  boolean acceptsEmpty() {
    return false;
  }

  final void setNull() {
    present = false;
  }

  final void set(byte[] buffer, int start, int end) throws InvalidValueException {
    parse(buffer, start, end);
    present = true;
  }

  final void appendTo(DuckDBAppender appender) throws SQLException {
    if (present) {
      append(appender);
    } else {
      appender.appendNull();
    }
  }

  /** BigQuery's logical size of what is set. */
  final long logicalBytes() {
    return present ? size() : 0;
  }

  abstract void parse(byte[] buffer, int start, int end) throws InvalidValueException;

  abstract void append(DuckDBAppender appender) throws SQLException;

  abstract long size();

  /** Every other type is ASCII: what is not becomes characters no parser takes. */
  static String ascii(byte[] buffer, int start, int end) {
    return new String(buffer, start, end - start, StandardCharsets.ISO_8859_1);
  }

  /** Bytes that are not UTF-8 become U+FFFD, as BigQuery converts them. */
  static String utf8(byte[] buffer, int start, int end) {
    return new String(buffer, start, end - start, StandardCharsets.UTF_8);
  }
}
