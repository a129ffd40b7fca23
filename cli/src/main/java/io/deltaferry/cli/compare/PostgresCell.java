package io.deltaferry.cli.compare;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Reads a PostgreSQL value in the canonical form of the target's type; counts what it clamps. */
final class PostgresCell {
  private static final DateTimeFormatter STAMP =
      new java.time.format.DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendLiteral(' ')
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .appendOffset("+HH:mm", "+00")
          .toFormatter(java.util.Locale.ROOT);

  private long clamped;

  /** How many values lay beyond what the target's type can hold. */
  long clamped() {
    return clamped;
  }

  @Nullable String read(ResultSet row, int index, ComparedColumn column) throws SQLException {
    String text = row.getString(index);
    if (text == null) {
      return null;
    }
    if (column.isPostgresArray()) {
      return array(row.getArray(index));
    }
    return switch (column.bigQueryType()) {
      case INT64 -> Long.toString(row.getLong(index));
      case NUMERIC, BIGNUMERIC -> Canonical.decimal(new BigDecimal(text));
      case FLOAT64 -> Canonical.floating(Double.parseDouble(text));
      case BOOL -> Boolean.toString(row.getBoolean(index));
      case BYTES -> HexFormat.of().formatHex(row.getBytes(index));
      case DATE -> date(text);
      case DATETIME -> datetime(text);
      case TIMESTAMP -> timestamp(text);
      case TIME -> time(text);
      case JSON -> CanonicalJson.of(text);
      case STRING -> Canonical.text(column.postgresType(), text);
      case GEOGRAPHY, INTERVAL, RANGE, STRUCT, ARRAY ->
          throw new IllegalStateException(
              "column "
                  + column.name()
                  + ": the comparison does not know BigQuery's "
                  + column.bigQueryType());
    };
  }

  private String date(String text) {
    return clampedTo(text, Ranges.MIN_DATE, Ranges.MAX_DATE, text);
  }

  private String datetime(String text) {
    if (Ranges.isBelow(text) || Ranges.isAbove(text)) {
      return clampedTo(text, Ranges.MIN_DATETIME, Ranges.MAX_DATETIME, text);
    }
    return LocalDateTime.parse(text.replace(' ', 'T')).toString();
  }

  /** The session's time zone is UTC. */
  private String timestamp(String text) {
    if (Ranges.isBelow(text) || Ranges.isAbove(text)) {
      return clampedTo(text, Ranges.MIN_DATETIME, Ranges.MAX_DATETIME, text);
    }
    return OffsetDateTime.parse(text, STAMP)
        .withOffsetSameInstant(ZoneOffset.UTC)
        .toLocalDateTime()
        .toString();
  }

  private String time(String text) {
    if (text.equals("24:00:00")) {
      clamped++;
      return Ranges.MAX_TIME;
    }
    return LocalTime.parse(text).toString();
  }

  private String clampedTo(String text, String min, String max, String inside) {
    if (Ranges.isBelow(text)) {
      clamped++;
      return min;
    }
    if (Ranges.isAbove(text)) {
      clamped++;
      return max;
    }
    return inside;
  }

  private static String array(Array array) throws SQLException {
    return CanonicalJson.of(json((Object[]) array.getArray()).toString());
  }

  private static ArrayNode json(Object[] elements) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (@Nullable Object element : elements) {
      if (element == null) {
        array.addNull();
      } else if (element instanceof Object[] inner) {
        array.add(json(inner));
      } else if (element instanceof Boolean bool) {
        array.add(bool);
      } else if (element instanceof Number number) {
        array.add(new BigDecimal(number.toString()));
      } else {
        array.add(element.toString());
      }
    }
    return array;
  }
}
