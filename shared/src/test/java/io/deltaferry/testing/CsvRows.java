package io.deltaferry.testing;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads CSV as BigQuery does: an empty field is NULL, a quoted empty one is the empty string. */
public final class CsvRows {
  private final String text;
  private int at;

  private CsvRows(String text) {
    this.text = text;
  }

  /** All rows, the header included. */
  public static List<List<@Nullable String>> parse(String text) {
    CsvRows reader = new CsvRows(text);
    List<List<@Nullable String>> rows = new ArrayList<>();
    while (reader.at < text.length()) {
      rows.add(reader.row());
    }
    return rows;
  }

  private List<@Nullable String> row() {
    List<@Nullable String> fields = new ArrayList<>();
    while (true) {
      fields.add(text.charAt(at) == '"' ? quoted() : plain());
      if (text.charAt(at++) == '\n') {
        return fields;
      }
    }
  }

  private @Nullable String plain() {
    int from = at;
    while (text.charAt(at) != ',' && text.charAt(at) != '\n') {
      at++;
    }
    return at == from ? null : text.substring(from, at);
  }

  private String quoted() {
    StringBuilder field = new StringBuilder();
    at++;
    while (text.charAt(at) != '"' || text.charAt(at + 1) == '"') {
      if (text.charAt(at) == '"') {
        at++;
      }
      field.append(text.charAt(at++));
    }
    at++;
    return field.toString();
  }
}
