package io.deltaferry.localgcp.bigquery.load;

import io.deltaferry.localgcp.bigquery.type.BigQueryType;
import io.deltaferry.localgcp.bigquery.type.FieldSchema;
import io.deltaferry.localgcp.bigquery.type.InvalidValueException;
import java.sql.SQLException;
import java.util.function.ToLongFunction;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/** A column of any other type, through one object for each value. */
final class ObjectCell<T> extends Cell {
  /** Reads the value a text stands for. */
  interface Reader<T> {
    T read(FieldSchema field, String text) throws InvalidValueException;
  }

  /** Appends the value as the column's type. */
  interface Writer<T> {
    void write(DuckDBAppender appender, T value) throws SQLException;
  }

  private final Reader<T> reader;
  private final Writer<T> writer;
  private final ToLongFunction<T> sizer;
  private @Nullable T value;

  ObjectCell(FieldSchema field, Reader<T> reader, Writer<T> writer, ToLongFunction<T> sizer) {
    super(field);
    this.reader = reader;
    this.writer = writer;
    this.sizer = sizer;
  }

  @Override
  boolean acceptsEmpty() {
    return field.type() == BigQueryType.BYTES;
  }

  @Override
  void parse(byte[] buffer, int start, int end) throws InvalidValueException {
    boolean unicode = field.type() == BigQueryType.JSON;
    value = reader.read(field, unicode ? utf8(buffer, start, end) : ascii(buffer, start, end));
  }

  @Override
  void append(DuckDBAppender appender) throws SQLException {
    writer.write(appender, parsed());
  }

  @Override
  long size() {
    return sizer.applyAsLong(parsed());
  }

  private T parsed() {
    if (value == null) {
      throw new IllegalStateException("nothing was parsed");
    }
    return value;
  }
}
