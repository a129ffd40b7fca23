package io.deltaferry.cli.query;

import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.FieldList;
import com.google.cloud.bigquery.FieldValue;
import com.google.cloud.bigquery.FieldValueList;
import java.io.PrintWriter;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** CSV as RFC 4180 describes it; NULL is nothing, the empty text is {@code ""}. */
final class CsvWriter implements RowWriter {
  private static final Pattern NEEDS_QUOTES = Pattern.compile("[\",\r\n]|^\\s|\\s$");

  private final FieldList fields;
  private final PrintWriter out;

  CsvWriter(FieldList fields, PrintWriter out) {
    this.fields = fields;
    this.out = out;
    line(fields.stream().map(field -> quote(field.getName())).collect(Collectors.joining(",")));
  }

  @Override
  public void row(FieldValueList row) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < fields.size(); i++) {
      line.append(i == 0 ? "" : ",").append(cell(fields.get(i), row.get(i)));
    }
    line(line.toString());
  }

  @Override
  public void end() {
    out.flush();
  }

  private void line(String text) {
    out.print(text);
    out.print("\r\n");
  }

  private static String cell(Field field, FieldValue value) {
    return value.isNull() ? "" : quote(CellText.of(field, value));
  }

  private static String quote(String text) {
    return text.isEmpty() || NEEDS_QUOTES.matcher(text).find()
        ? '"' + text.replace("\"", "\"\"") + '"'
        : text;
  }
}
