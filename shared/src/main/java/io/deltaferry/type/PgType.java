package io.deltaferry.type;

import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL type as the catalog resolves it; a domain has already become its base type.
 *
 * @param kind decides how the type is expressed, before its name does
 * @param schema that holds it, as SQL text: quoted
 * @param name {@code pg_type.typname}, such as {@code int4} or {@code timestamptz}
 * @param modifier {@code atttypmod}, -1 when there is none
 * @param display as PostgreSQL prints it ({@code format_type}), for messages
 * @param element the element type of an array, of the bounds of a range or a multirange; else null
 * @param members of a composite type, in order; empty for all others
 */
public record PgType(
    Kind kind,
    String schema,
    String name,
    int modifier,
    String display,
    @Nullable PgType element,
    List<Member> members) {

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

  /**
   * A member of a composite type.
   *
   * @param name exactly as the catalog holds it
   * @param quoted the same as SQL text
   */
  public record Member(String name, String quoted, PgType type) {}

  private static final String BUILT_IN = "\"pg_catalog\"";

  private static final int HEADER = 4;

  public PgType {
    members = List.copyOf(members);
    boolean made = kind == Kind.ARRAY || kind == Kind.RANGE || kind == Kind.MULTIRANGE;
    if (made != (element != null)) {
      throw new IllegalArgumentException(
          "arrays, ranges and multiranges have an element type, nothing else has one");
    }
  }

  /** A type of PostgreSQL's own, without members. */
  public PgType(Kind kind, String name, int modifier, String display, @Nullable PgType element) {
    this(kind, BUILT_IN, name, modifier, display, element, List.of());
  }

  /** A base type without a modifier. */
  public static PgType base(String name) {
    return new PgType(Kind.BASE, name, -1, name, null);
  }

  /** The same under the name of a domain over it. */
  public PgType shownAs(String domain) {
    return new PgType(kind, schema, name, modifier, domain, element, members);
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
