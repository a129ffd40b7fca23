package io.deltaferry.localgcp.bigquery.type;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * JSON as BigQuery keeps it: members ordered by name, the first of equal names kept, no white
 * space, integers of 64 bits and otherwise FLOAT64; a number neither can hold exactly is refused.
 */
final class JsonText {
  private static final int MAX_DEPTH = 500;
  private static final BigInteger MIN = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger MAX = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private JsonText() {}

  static String normalize(String text) throws InvalidValueException {
    try (JsonParser parser = FACTORY.createParser(text)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw new InvalidValueException("Invalid JSON: empty");
      }
      String result = value(parser, first);
      if (parser.nextToken() != null) {
        throw new InvalidValueException("Invalid JSON: text after the value");
      }
      return result;
    } catch (IOException e) {
      throw new InvalidValueException("Invalid JSON");
    }
  }

  private static String value(JsonParser parser, JsonToken token)
      throws IOException, InvalidValueException {
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> quoted(parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser.getText());
      case VALUE_TRUE -> "true";
      case VALUE_FALSE -> "false";
      case VALUE_NULL -> "null";
      case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
          throw new InvalidValueException("Invalid JSON");
    };
  }

  private static String object(JsonParser parser) throws IOException, InvalidValueException {
    Map<String, String> members = new TreeMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      String value = value(parser, parser.nextToken());
      members.putIfAbsent(name, value);
    }
    StringBuilder text = new StringBuilder("{");
    members.forEach(
        (name, value) ->
            text.append(text.length() > 1 ? "," : "")
                .append(quoted(name))
                .append(':')
                .append(value));
    return text.append('}').toString();
  }

  private static String array(JsonParser parser) throws IOException, InvalidValueException {
    List<String> elements = new ArrayList<>();
    JsonToken token = parser.nextToken();
    while (token != JsonToken.END_ARRAY) {
      elements.add(value(parser, token));
      token = parser.nextToken();
    }
    return "[" + String.join(",", elements) + "]";
  }

  private static String quoted(String text) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }

  static String number(String text) throws InvalidValueException {
    if (text.length() > 1_500) {
      throw inexact();
    }
    BigDecimal exact = new BigDecimal(text);
    boolean integer = text.indexOf('.') < 0 && text.indexOf('e') < 0 && text.indexOf('E') < 0;
    if (integer && !text.equals("-0")) {
      BigInteger value = exact.toBigIntegerExact();
      if (value.compareTo(MIN) >= 0 && value.compareTo(MAX) <= 0) {
        return value.toString();
      }
    }
    double nearest = Double.parseDouble(text);
    if (Double.isInfinite(nearest) || !survives(exact, nearest)) {
      throw inexact();
    }
    return floating(nearest);
  }

  /** Whether the text comes back when the float is written with as many digits, 17 at most. */
  private static boolean survives(BigDecimal exact, double nearest) {
    int digits = exact.stripTrailingZeros().precision();
    return digits <= 17
        && new BigDecimal(nearest).round(new MathContext(digits)).compareTo(exact) == 0;
  }

  /** Always with a point or an exponent, so that it stays a float. */
  private static String floating(double value) {
    if (value == 0) {
      return 1 / value < 0 ? "-0.0" : "0.0";
    }
    BigDecimal digits = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    int exponent = digits.precision() - digits.scale() - 1;
    if (exponent >= -5 && exponent < 15) {
      String plain = digits.toPlainString();
      return plain.indexOf('.') < 0 ? plain + ".0" : plain;
    }
    BigDecimal mantissa = digits.scaleByPowerOfTen(-exponent);
    return mantissa.toPlainString()
        + String.format(Locale.ROOT, "e%s%02d", exponent < 0 ? "-" : "+", Math.abs(exponent));
  }

  private static InvalidValueException inexact() {
    return new InvalidValueException(
        "Invalid JSON: a number cannot be stored as INT64, UINT64 or FLOAT64 without loss");
  }
}
