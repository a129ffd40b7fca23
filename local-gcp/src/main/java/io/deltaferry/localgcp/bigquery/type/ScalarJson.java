package io.deltaferry.localgcp.bigquery.type;

import io.deltaferry.localgcp.http.GoogleError;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Blob;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Base64;

/** The text BigQuery's REST API writes for one value that DuckDB's driver handed over. */
final class ScalarJson {
  private static final BigInteger MIN_INT64 = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger MAX_INT64 = BigInteger.valueOf(Long.MAX_VALUE);

  /** Seconds always; a fraction of six digits or none. */
  private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("HH:mm:ss");

  private static final String UTC_OFFSET = "+00";

  private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSS");
  private static final DateTimeFormatter DATE =
      new DateTimeFormatterBuilder().appendPattern("uuuu-MM-dd").toFormatter(java.util.Locale.ROOT);

  private final TimestampForm timestamps;

  ScalarJson(TimestampForm timestamps) {
    this.timestamps = timestamps;
  }

  String text(FieldSchema field, Object value) throws SQLException {
    return switch (field.type()) {
      case INT64 -> int64(value);
      case FLOAT64 -> Double.toString(((Number) value).doubleValue());
      case NUMERIC -> DecimalText.plain(new BigDecimal(value.toString()));
      case BIGNUMERIC -> DecimalText.plain(DecimalText.fromScaled(value.toString()));
      case BYTES -> base64((Blob) value);
      case DATETIME -> datetime(value.toString());
      case TIME -> time((LocalTime) value);
      case TIMESTAMP -> timestamp(value.toString());
      case JSON -> json(value.toString());
      case INTERVAL -> BigQueryInterval.ofDuck(value.toString()).text();
      case BOOL, STRING, GEOGRAPHY, DATE -> value.toString();
      case STRUCT -> throw new IllegalArgumentException("not a scalar: " + field.name());
    };
  }

  /** DuckDB sums into 128 bits, where BigQuery overflows. */
  private static String int64(Object value) {
    if (value instanceof BigInteger wide
        && (wide.compareTo(MIN_INT64) < 0 || wide.compareTo(MAX_INT64) > 0)) {
      throw new GoogleError(400, "invalidQuery", "int64 overflow: " + wide);
    }
    return value.toString();
  }

  private static String base64(Blob blob) throws SQLException {
    return Base64.getEncoder().encodeToString(blob.getBytes(1, Math.toIntExact(blob.length())));
  }

  /** Arrives as text, see {@link RowJson#columns}. */
  private static String datetime(String text) {
    LocalDateTime datetime = LocalDateTime.parse(text.replace(' ', 'T'));
    return DATE.format(datetime) + "T" + time(datetime.toLocalTime());
  }

  static String time(LocalTime time) {
    return (time.get(ChronoField.NANO_OF_SECOND) == 0 ? SECONDS : MICROS).format(time);
  }

  /** Arrives as text in UTC, such as {@code 2024-01-02 03:04:05.123456+00}. */
  private String timestamp(String text) {
    String civil = text.substring(0, text.length() - UTC_OFFSET.length()).replace(' ', 'T');
    Instant instant = LocalDateTime.parse(civil).toInstant(ZoneOffset.UTC);
    long micros = instant.getEpochSecond() * 1_000_000L + instant.getNano() / 1_000;
    return switch (timestamps) {
      case INT64_MICROS -> Long.toString(micros);
      case FLOAT_SECONDS -> scientific(BigDecimal.valueOf(micros, 6));
    };
  }

  /** Such as {@code 1.704164645123456E9}, as the API writes doubles, but from exact digits. */
  static String scientific(BigDecimal seconds) {
    if (seconds.signum() == 0) {
      return "0.0";
    }
    BigDecimal digits = seconds.stripTrailingZeros();
    int exponent = digits.precision() - digits.scale() - 1;
    String mantissa = digits.scaleByPowerOfTen(-exponent).toPlainString();
    return (mantissa.indexOf('.') < 0 ? mantissa + ".0" : mantissa) + "E" + exponent;
  }

  /** JSON that a query made may hold numbers a load would refuse: those stay as they are. */
  private static String json(String text) {
    try {
      return JsonText.normalize(text);
    } catch (InvalidValueException e) {
      return text;
    }
  }
}
