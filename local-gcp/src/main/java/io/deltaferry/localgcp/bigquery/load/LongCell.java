package io.deltaferry.localgcp.bigquery.load;

import io.deltaferry.localgcp.bigquery.type.FieldSchema;
import io.deltaferry.localgcp.bigquery.type.InvalidValueException;
import java.sql.SQLException;
import org.duckdb.DuckDBAppender;

/** A column whose values fit a long: integers, and dates and times as counts. */
final class LongCell extends Cell {
  /** Reads the number a text stands for. */
  interface Reader {
    long read(String text) throws InvalidValueException;
  }

  /** Appends the number as the column's type. */
  interface Writer {
    void write(DuckDBAppender appender, long value) throws SQLException;
  }

  private final Reader reader;
  private final Writer writer;
  private final int size;
  private long value;

  LongCell(FieldSchema field, int size, Reader reader, Writer writer) {
    super(field);
    this.size = size;
    this.reader = reader;
    this.writer = writer;
  }

  @Override
  void parse(byte[] buffer, int start, int end) throws InvalidValueException {
    value = reader.read(ascii(buffer, start, end));
  }

  @Override
  void append(DuckDBAppender appender) throws SQLException {
    writer.write(appender, value);
  }

  @Override
  long size() {
    return size;
  }
}
