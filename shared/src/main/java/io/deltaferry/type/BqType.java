package io.deltaferry.type;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A BigQuery column type.
 *
 * @param precision of NUMERIC and BIGNUMERIC, 0 when not declared
 * @param scale of NUMERIC and BIGNUMERIC, 0 when not declared
 * @param repeated whether a value is an array of these
 */
public record BqType(Name name, int precision, int scale, boolean repeated) {

  /** GoogleSQL's names. */
  public enum Name {
    INT64,
    NUMERIC,
    BIGNUMERIC,
    FLOAT64,
    BOOL,
    STRING,
    BYTES,
    DATE,
    DATETIME,
    TIMESTAMP,
    TIME,
    JSON,
    GEOGRAPHY,
    INTERVAL
  }

  private static final Pattern TEXT =
      Pattern.compile("([A-Z0-9]+)(?:\\(([0-9]{1,2})(?:, ?([0-9]{1,2}))?\\))?");

  private static final Pattern ARRAY = Pattern.compile("ARRAY<([^<>]+)>");

  public BqType {
    if (!isDecimal(name) && (precision != 0 || scale != 0)) {
      throw new IllegalArgumentException(name + " has no precision");
    }
    if (precision < 0 || scale < 0 || (precision > 0 && precision < scale)) {
      throw new IllegalArgumentException(
          name + "(" + precision + ", " + scale + ") does not exist in BigQuery");
    }
  }

  /** A type of single values. */
  public BqType(Name name, int precision, int scale) {
    this(name, precision, scale, false);
  }

  public static BqType of(Name name) {
    return new BqType(name, 0, 0);
  }

  /** The inverse of {@link #sql()}. */
  public static BqType parse(String text) {
    Matcher array = ARRAY.matcher(text);
    if (array.matches()) {
      return parse(array.group(1)).array();
    }
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a BigQuery type: " + text);
    }
    Name name = Name.valueOf(matcher.group(1));
    if (matcher.group(2) == null) {
      return of(name);
    }
    String scale = matcher.group(3);
    return new BqType(
        name, Integer.parseInt(matcher.group(2)), scale == null ? 0 : Integer.parseInt(scale));
  }

  /** An array of values of this type. */
  public BqType array() {
    return new BqType(name, precision, scale, true);
  }

  /** The type of an array's elements; of anything else, the type itself. */
  public BqType element() {
    return new BqType(name, precision, scale, false);
  }

  private static boolean isDecimal(Name name) {
    return name == Name.NUMERIC || name == Name.BIGNUMERIC;
  }

  /** As GoogleSQL writes it: {@code NUMERIC(12, 2)}, {@code ARRAY<STRING>}. */
  public String sql() {
    String single = precision == 0 ? name.name() : name + "(" + precision + ", " + scale + ")";
    return repeated ? "ARRAY<" + single + ">" : single;
  }

  @Override
  public String toString() {
    return sql();
  }
}
