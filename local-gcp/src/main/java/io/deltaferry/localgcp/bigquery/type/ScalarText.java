package io.deltaferry.localgcp.bigquery.type;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Pattern;

/** Reads single values from text by BigQuery's rules: loads, parameters and streamed rows. */
public final class ScalarText {
  private static final String UNPARSABLE = "Unable to parse";
  private static final Pattern DECIMAL_FLOAT =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
  private static final Pattern WKT =
      Pattern.compile(
          "\\s*(POINT|LINESTRING|POLYGON|MULTIPOINT|MULTILINESTRING|MULTIPOLYGON"
              + "|GEOMETRYCOLLECTION)\\s*(EMPTY|\\([-+0-9eE., ()A-Z]*\\))\\s*",
          Pattern.CASE_INSENSITIVE);

  private ScalarText() {}

  /** True, t, yes, y, 1 and their opposites, in any case. */
  public static boolean bool(String text) throws InvalidValueException {
    if (text.length() > 5) {
      throw new InvalidValueException(UNPARSABLE);
    }
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "t", "true", "y", "yes", "1" -> true;
      case "f", "false", "n", "no", "0" -> false;
      default -> throw new InvalidValueException(UNPARSABLE);
    };
  }

  /** A 64-bit integer in decimal digits. */
  public static long int64(String text) throws InvalidValueException {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean sign = i == 0 && (c == '-' || c == '+');
      // Long.parseLong itself would take the digits of every script.
      if (!sign && (c < '0' || c > '9')) {
        throw new InvalidValueException(UNPARSABLE);
      }
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new InvalidValueException(text.length() > 18 ? "Integer out of range" : UNPARSABLE);
    }
  }

  /** A float; NaN and the infinities as GoogleSQL casts spell them; what overflows is refused. */
  public static double float64(String text) throws InvalidValueException {
    if (DECIMAL_FLOAT.matcher(text).matches()) {
      double value = Double.parseDouble(text);
      if (Double.isInfinite(value)) {
        throw new InvalidValueException("Float out of range");
      }
      return value;
    }
    return switch (text.length() > 9 ? "" : text.toLowerCase(Locale.ROOT)) {
      case "nan", "+nan", "-nan" -> Double.NaN;
      case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
      case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
      default -> throw new InvalidValueException(UNPARSABLE);
    };
  }

  /** Decimal text rounded and checked by the field; scale 9 for NUMERIC, 38 for BIGNUMERIC. */
  public static java.math.BigDecimal decimal(FieldSchema field, String text)
      throws InvalidValueException {
    return DecimalText.read(field, text);
  }

  /** Padded base64 without line breaks. */
  public static byte[] bytes(FieldSchema field, String text) throws InvalidValueException {
    if (text.length() % 4 != 0) {
      throw new InvalidValueException("Invalid base64 string");
    }
    byte[] value;
    try {
      value = Base64.getDecoder().decode(text.getBytes(StandardCharsets.ISO_8859_1));
    } catch (IllegalArgumentException e) {
      throw new InvalidValueException("Invalid base64 string");
    }
    checkLength(field, value.length);
    return value;
  }

  /** Refuses what is longer than the field's {@code maxLength}, if it has one. */
  public static void checkLength(FieldSchema field, long length) throws InvalidValueException {
    Long limit = field.maxLength();
    if (limit != null && length > limit) {
      throw new InvalidValueException(
          field.type() + "(" + limit + ") has a maximum length of " + limit + " but got " + length);
    }
  }

  /** Days since 1970-01-01. */
  public static int date(String text) throws InvalidValueException {
    return CivilText.date(text);
  }

  /** Microseconds since 1970-01-01T00:00:00 in no zone. */
  public static long datetime(String text) throws InvalidValueException {
    return CivilText.datetime(text);
  }

  /** Microseconds since midnight. */
  public static long time(String text) throws InvalidValueException {
    return CivilText.time(text);
  }

  /** Microseconds since the epoch. */
  public static long timestamp(String text) throws InvalidValueException {
    return CivilText.timestamp(text);
  }

  public static BigQueryInterval interval(String text) throws InvalidValueException {
    return BigQueryInterval.read(text);
  }

  /** WKT of a known shape; other notations of GEOGRAPHY are not read here. */
  public static String geography(String text) throws InvalidValueException {
    if (!WKT.matcher(text).matches()) {
      throw new InvalidValueException("Invalid geography: only WKT is read here");
    }
    return text;
  }

  /** The text in the form BigQuery keeps JSON in; see {@link JsonText}. */
  public static String json(String text) throws InvalidValueException {
    return JsonText.normalize(text);
  }
}
