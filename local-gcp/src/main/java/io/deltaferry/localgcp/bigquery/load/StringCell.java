package io.deltaferry.localgcp.bigquery.load;

import io.deltaferry.localgcp.bigquery.type.FieldSchema;
import io.deltaferry.localgcp.bigquery.type.InvalidValueException;
import io.deltaferry.localgcp.bigquery.type.ScalarText;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import org.duckdb.DuckDBAppender;

/** A STRING column: bytes go through as they are unless they are not UTF-8. */
final class StringCell extends Cell {
  private byte[] value = {};

  StringCell(FieldSchema field) {
    super(field);
  }

  @Override
  boolean acceptsEmpty() {
    return true;
  }

  @Override
  void parse(byte[] buffer, int start, int end) throws InvalidValueException {
    boolean ascii = true;
    for (int i = start; i < end && ascii; i++) {
      ascii = buffer[i] >= 0;
    }
    if (ascii) {
      value = Arrays.copyOfRange(buffer, start, end);
      ScalarText.checkLength(field, value.length);
    } else {
      String text = utf8(buffer, start, end);
      value = text.getBytes(StandardCharsets.UTF_8);
      ScalarText.checkLength(field, text.codePointCount(0, text.length()));
    }
  }

  @Override
  void append(DuckDBAppender appender) throws SQLException {
    appender.append(value);
  }

  @Override
  long size() {
    return 2L + value.length;
  }
}
