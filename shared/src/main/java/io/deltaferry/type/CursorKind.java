package io.deltaferry.type;

import java.util.Optional;
import java.util.regex.Pattern;

/** The types that can order changes, and how their values are written as text and as literals. */
public enum CursorKind {
  /** Text such as {@code 2026-11-20 09:15:58.123456+00}. */
  TIMESTAMPTZ("timestamptz", Pattern.compile(Stamp.TIME + "\\+00")),
  /** Text such as {@code 2026-11-20 09:15:58.123456}. */
  TIMESTAMP("timestamp", Pattern.compile(Stamp.TIME)),
  /** Text such as {@code 2026-11-20}. */
  DATE("date", Pattern.compile(Stamp.DATE)),
  SMALLINT("int2", Pattern.compile("-?[0-9]{1,5}")),
  INTEGER("int4", Pattern.compile("-?[0-9]{1,10}")),
  BIGINT("int8", Pattern.compile("-?[0-9]{1,19}")),
  /** A transaction id with its epoch. */
  XID8("xid8", Pattern.compile("-?[0-9]{1,20}"));

  private final String typeName;
  private final Pattern text;

  CursorKind(String typeName, Pattern text) {
    this.typeName = typeName;
    this.text = text;
  }

  /** The kind of a column of this type, or nothing when the type cannot order changes. */
  public static Optional<CursorKind> of(PgType type) {
    for (CursorKind kind : values()) {
      if (type.kind() == PgType.Kind.BASE && kind.typeName.equals(type.name())) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  /** Whether its values are moments, and not numbers. */
  public boolean holdsMoments() {
    return switch (this) {
      case TIMESTAMPTZ, TIMESTAMP, DATE -> true;
      case SMALLINT, INTEGER, BIGINT, XID8 -> false;
    };
  }

  /** PostgreSQL's internal name of the type. */
  public String typeName() {
    return typeName;
  }

  /**
   * The values that have a place in time or order, as a condition; NULL and the infinities have
   * none.
   *
   * @param quotedColumn the column as SQL text, already quoted
   */
  public String ordered(String quotedColumn) {
    return switch (this) {
      case TIMESTAMPTZ, TIMESTAMP -> between(quotedColumn, "9999-12-31 23:59:59.999999");
      case DATE -> between(quotedColumn, "9999-12-31");
      case SMALLINT, INTEGER, BIGINT, XID8 -> quotedColumn + " IS NOT NULL";
    };
  }

  private String between(String quotedColumn, String high) {
    String zone = this == TIMESTAMPTZ ? "+00" : "";
    String low = this == DATE ? "0001-01-01" : "0001-01-01 00:00:00";
    return quotedColumn + " BETWEEN " + literal(low + zone) + " AND " + literal(high + zone);
  }

  /** Whether the value is one as this kind writes it. */
  public boolean reads(String value) {
    return text.matcher(value).matches();
  }

  /**
   * A typed literal.
   *
   * @param value as this kind writes it
   * @throws IllegalArgumentException when it is not; so nothing else can reach a statement
   */
  public String literal(String value) {
    if (!reads(value)) {
      throw new IllegalArgumentException("not a cursor value of type " + typeName);
    }
    return switch (this) {
      case TIMESTAMPTZ, TIMESTAMP, DATE -> "'" + value + "'::" + typeName;
      // Wide enough for a low watermark that was moved below the column's own range.
      case SMALLINT, INTEGER, BIGINT -> "'" + value + "'::int8";
      case XID8 -> "'" + (value.startsWith("-") ? "0" : value) + "'::xid8";
    };
  }

  /** Holds the patterns, since an enum's constants cannot read its own static fields. */
  private static final class Stamp {
    static final String DATE = "[0-9]{4}-[0-9]{2}-[0-9]{2}";
    static final String TIME = DATE + " [0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,6})?";
  }
}
