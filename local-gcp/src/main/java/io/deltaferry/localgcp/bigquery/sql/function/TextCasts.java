package io.deltaferry.localgcp.bigquery.sql.function;

import io.deltaferry.localgcp.bigquery.type.InvalidValueException;
import io.deltaferry.localgcp.bigquery.type.ScalarText;
import java.util.Locale;
import java.util.regex.Pattern;

/** CAST and PARSE_JSON from STRING, as strict as BigQuery. */
final class TextCasts {
  private static final Pattern INTEGER =
      Pattern.compile("\\s*([+-]?)(?:0[xX]([0-9a-fA-F]+)|(\\d+))\\s*");
  private static final Pattern FLOAT =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?|[+-]?(inf|infinity|nan)");

  private TextCasts() {}

  static long int64(String text) {
    var matcher = INTEGER.matcher(text);
    try {
      if (matcher.matches()) {
        return matcher.group(2) != null
            ? Long.parseLong(matcher.group(1) + matcher.group(2), 16)
            : Long.parseLong(matcher.group(1) + matcher.group(3));
      }
    } catch (NumberFormatException e) {
      // Out of range reads as bad, below.
    }
    throw new IllegalArgumentException("Bad int64 value: " + text);
  }

  static double float64(String text) {
    String word = text.strip().toLowerCase(Locale.ROOT);
    if (!FLOAT.matcher(word).matches()) {
      throw new IllegalArgumentException("Bad double value: " + text);
    }
    if (word.endsWith("nan")) {
      return Double.NaN;
    }
    if (word.contains("inf")) {
      return word.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    double value = Double.parseDouble(word);
    if (Double.isInfinite(value)) {
      throw new IllegalArgumentException("Bad double value: " + text);
    }
    return value;
  }

  static boolean bool(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("Bad bool value: " + text);
    };
  }

  /** As BigQuery keeps JSON: members in order, each name once. */
  static String json(String text) {
    try {
      return ScalarText.json(text);
    } catch (InvalidValueException e) {
      throw new IllegalArgumentException("Invalid input to PARSE_JSON: " + e.getMessage(), e);
    }
  }
}
