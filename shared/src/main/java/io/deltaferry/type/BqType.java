package io.deltaferry.type;

import java.util.Arrays;
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

  private static final int NUMERIC_WHOLE = 29;
  private static final int NUMERIC_FRACTION = 9;
  private static final int BIGNUMERIC_WHOLE = 38;
  private static final int BIGNUMERIC_FRACTION = 38;

  private static final Pattern TEXT =
      Pattern.compile("([A-Z0-9]+)(?:\\(([0-9]{1,2})(?:, ?([0-9]{1,2}))?\\))?");

  private static final Pattern ARRAY = Pattern.compile("ARRAY<([^<>]+)>");

  public BqType {
    if (precision != 0 || scale != 0) {
      requireDigits(name, precision, scale);
    }
  }

  /** A type of single values. */
  public BqType(Name name, int precision, int scale) {
    this(name, precision, scale, false);
  }

  public static BqType of(Name name) {
    return new BqType(name, 0, 0);
  }

  /**
   * The inverse of {@link #sql()}.
   *
   * @throws IllegalArgumentException saying what such a text is, as in "is no type of BigQuery's"
   */
  public static BqType parse(String text) {
    Matcher array = ARRAY.matcher(text);
    if (array.matches()) {
      return parse(array.group(1)).array();
    }
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw unknown();
    }
    Name name =
        Arrays.stream(Name.values())
            .filter(known -> known.name().equals(matcher.group(1)))
            .findFirst()
            .orElseThrow(BqType::unknown);
    if (matcher.group(2) == null) {
      return of(name);
    }
    int precision = Integer.parseInt(matcher.group(2));
    int scale = matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3));
    requireDigits(name, precision, scale);
    return new BqType(name, precision, scale);
  }

  private static void requireDigits(Name name, int precision, int scale) {
    if (!isDecimal(name)) {
      throw new IllegalArgumentException("gives digits to " + name + ", which has none to give");
    }
    int whole = name == Name.NUMERIC ? NUMERIC_WHOLE : BIGNUMERIC_WHOLE;
    int fraction = name == Name.NUMERIC ? NUMERIC_FRACTION : BIGNUMERIC_FRACTION;
    if (precision < 1
        || scale < 0
        || precision < scale
        || scale > fraction
        || precision - scale > whole) {
      throw new IllegalArgumentException(
          "is beyond BigQuery's %s, which has up to %d digits before the point, up to %d after it, and at least one in all"
              .formatted(name, whole, fraction));
    }
  }

  private static IllegalArgumentException unknown() {
    return new IllegalArgumentException("is no type of BigQuery's; write it as in NUMERIC(12, 2)");
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
