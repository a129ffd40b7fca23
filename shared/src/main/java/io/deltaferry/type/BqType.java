package io.deltaferry.type;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A BigQuery column type.
 *
 * @param precision of NUMERIC and BIGNUMERIC, 0 when not declared
 * @param scale of NUMERIC and BIGNUMERIC, 0 when not declared
 */
public record BqType(Name name, int precision, int scale) {

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
      Pattern.compile("([A-Z0-9]+)(?:\\(([0-9]{1,2}), ([0-9]{1,2})\\))?");

  public BqType {
    boolean decimal = name == Name.NUMERIC || name == Name.BIGNUMERIC;
    if (!decimal && (precision != 0 || scale != 0)) {
      throw new IllegalArgumentException(name + " has no precision");
    }
    if (precision < 0 || scale < 0 || (precision > 0 && precision < scale)) {
      throw new IllegalArgumentException(
          name + "(" + precision + ", " + scale + ") does not exist in BigQuery");
    }
  }

  public static BqType of(Name name) {
    return new BqType(name, 0, 0);
  }

  /** The inverse of {@link #sql()}. */
  public static BqType parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a BigQuery type: " + text);
    }
    Name name = Name.valueOf(matcher.group(1));
    return matcher.group(2) == null
        ? of(name)
        : new BqType(name, Integer.parseInt(matcher.group(2)), Integer.parseInt(matcher.group(3)));
  }

  /** As GoogleSQL writes it: {@code NUMERIC(12, 2)}. */
  public String sql() {
    return precision == 0 ? name.name() : name + "(" + precision + ", " + scale + ")";
  }

  @Override
  public String toString() {
    return sql();
  }
}
