package io.deltaferry.type;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL type as the catalog resolves it; a domain has already become its base type.
 *
 * @param kind decides how the type is expressed, before its name does
 * @param name {@code pg_type.typname}, such as {@code int4} or {@code timestamptz}
 * @param modifier {@code atttypmod}, -1 when there is none
 * @param display as PostgreSQL prints it ({@code format_type}), for messages
 * @param element the element type of an array, else null
 */
public record PgType(
    Kind kind, String name, int modifier, String display, @Nullable PgType element) {

  /** What {@code pg_type.typtype} and {@code typelem} say. */
  public enum Kind {
    BASE,
    ENUM,
    COMPOSITE,
    RANGE,
    MULTIRANGE,
    ARRAY,
    PSEUDO
  }

  private static final int HEADER = 4;

  public PgType {
    if ((kind == Kind.ARRAY) != (element != null)) {
      throw new IllegalArgumentException("an array has an element type, nothing else has one");
    }
  }

  /** A base type without a modifier. */
  public static PgType base(String name) {
    return new PgType(Kind.BASE, name, -1, name, null);
  }

  /** The declared precision of a numeric. */
  public OptionalInt numericPrecision() {
    return isDeclaredNumeric()
        ? OptionalInt.of(((modifier - HEADER) >> 16) & 0xffff)
        : OptionalInt.empty();
  }

  /** The declared scale of a numeric; negative and larger than the precision since 15. */
  public OptionalInt numericScale() {
    // Eleven bits, signed.
    return isDeclaredNumeric()
        ? OptionalInt.of((((modifier - HEADER) & 0x7ff) ^ 1024) - 1024)
        : OptionalInt.empty();
  }

  private boolean isDeclaredNumeric() {
    return name.equals("numeric") && modifier >= HEADER;
  }
}
