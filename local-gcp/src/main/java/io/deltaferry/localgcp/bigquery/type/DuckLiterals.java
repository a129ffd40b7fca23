package io.deltaferry.localgcp.bigquery.type;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** Canonical values as DuckDB literals of exactly their field's type. */
final class DuckLiterals {
  private DuckLiterals() {}

  static String of(FieldSchema field, JsonNode value) {
    String type = DuckTypes.of(field);
    if (value.isNull()) {
      return "CAST(NULL AS " + type + ")";
    }
    if (field.isRepeated()) {
      FieldSchema element = field.withMode(FieldMode.NULLABLE);
      List<String> items = new ArrayList<>();
      value.forEach(item -> items.add(of(element, item)));
      return "CAST([" + String.join(", ", items) + "] AS " + type + ")";
    }
    if (field.type() == BigQueryType.STRUCT) {
      StringJoiner members = new StringJoiner(", ", "struct_pack(", ")");
      for (FieldSchema member : field.fields()) {
        String name = member.name();
        members.add(DuckTypes.quote(name) + " := " + of(member, value.path(name)));
      }
      return members.toString();
    }
    return scalar(field, value.asText(), type);
  }

  private static String scalar(FieldSchema field, String text, String type) {
    String source =
        switch (field.type()) {
          case BYTES -> "from_base64(" + quoted(text) + ")";
          case BIGNUMERIC -> quoted(scaled(text));
          case INTERVAL -> quoted(duckInterval(text));
          case BOOL,
              INT64,
              FLOAT64,
              NUMERIC,
              STRING,
              DATE,
              DATETIME,
              TIME,
              TIMESTAMP,
              JSON,
              GEOGRAPHY,
              STRUCT ->
              quoted(text);
        };
    return "CAST(" + source + " AS " + type + ")";
  }

  private static String scaled(String text) {
    return new java.math.BigDecimal(text)
        .movePointRight(DecimalText.BIGNUMERIC_SCALE)
        .toBigIntegerExact()
        .toString();
  }

  private static String duckInterval(String text) {
    try {
      return BigQueryInterval.read(text).duckText();
    } catch (InvalidValueException e) {
      throw new IllegalArgumentException("not canonical", e);
    }
  }

  /** NUL ends a statement's text in DuckDB's parser, so it is put in as a character code. */
  private static String quoted(String text) {
    String escaped = "'" + text.replace("'", "''") + "'";
    return text.indexOf('\0') < 0 ? escaped : "(" + escaped.replace("\0", "' || chr(0) || '") + ")";
  }
}
