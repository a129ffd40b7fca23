package io.deltaferry.localgcp.bigquery.type;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Base64;

/** A scalar's one text: valid, in range, rounded, and exact when DuckDB or BigQuery reads it. */
final class CanonicalText {
  private CanonicalText() {}

  static String of(FieldSchema field, String text) throws InvalidValueException {
    return switch (field.type()) {
      case BOOL -> Boolean.toString(ScalarText.bool(text));
      case INT64 -> Long.toString(ScalarText.int64(text));
      case FLOAT64 -> Double.toString(ScalarText.float64(text));
      case NUMERIC, BIGNUMERIC -> DecimalText.plain(ScalarText.decimal(field, text));
      case STRING -> string(field, text);
      case BYTES -> Base64.getEncoder().encodeToString(ScalarText.bytes(field, text));
      case DATE -> LocalDate.ofEpochDay(ScalarText.date(text)).toString();
      case DATETIME -> civil(ScalarText.datetime(text), "T");
      case TIME -> clock(ScalarText.time(text));
      case TIMESTAMP -> civil(ScalarText.timestamp(text), " ") + "+00";
      case JSON -> ScalarText.json(text);
      case INTERVAL -> ScalarText.interval(text).text();
      case GEOGRAPHY -> ScalarText.geography(text);
      case STRUCT -> throw new IllegalArgumentException("not a scalar: " + field.name());
    };
  }

  /** A TIMESTAMP given as a JSON number. */
  static String epochSeconds(BigDecimal seconds) throws InvalidValueException {
    if (seconds.abs().compareTo(BigDecimal.valueOf(1L << 40)) > 0) {
      throw new InvalidValueException("Timestamp out of range 0001-01-01 to 9999-12-31");
    }
    long micros = seconds.movePointRight(6).setScale(0, RoundingMode.HALF_UP).longValueExact();
    return civil(CivilText.checkedTimestamp(micros), " ") + "+00";
  }

  private static String string(FieldSchema field, String text) throws InvalidValueException {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new InvalidValueException("a lone surrogate is not text");
    }
    ScalarText.checkLength(field, text.codePointCount(0, text.length()));
    return text;
  }

  private static String civil(long micros, String separator) {
    long days = Math.floorDiv(micros, CivilText.MICROS_PER_DAY);
    return LocalDate.ofEpochDay(days)
        + separator
        + clock(Math.floorMod(micros, CivilText.MICROS_PER_DAY));
  }

  private static String clock(long micros) {
    LocalTime time = LocalTime.ofNanoOfDay(micros * 1_000);
    return ScalarJson.time(time);
  }
}
