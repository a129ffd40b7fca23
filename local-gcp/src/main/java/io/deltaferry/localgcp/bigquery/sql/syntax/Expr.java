package io.deltaferry.localgcp.bigquery.sql.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An expression. */
public sealed interface Expr {
  /** The name a column or member of this value has when none is given; null for none. */
  default @Nullable String impliedName() {
    return null;
  }

  /** Types a literal can have. */
  enum LiteralType {
    NULL,
    BOOL,
    INT64,
    FLOAT64,
    STRING,
    BYTES,
    NUMERIC,
    BIGNUMERIC,
    DATE,
    DATETIME,
    TIME,
    TIMESTAMP,
    JSON
  }

  /** A literal; the value is its text as meant (bytes: one character per byte). */
  record Literal(LiteralType type, String value, Position position) implements Expr {}

  /** {@code INTERVAL 5 DAY}. */
  record Interval(Expr amount, String part, Position position) implements Expr {}

  /** Names joined by dots. */
  record Path(List<String> names, Position position) implements Expr {
    public Path {
      names = List.copyOf(names);
    }

    @Override
    public String impliedName() {
      return names.get(names.size() - 1);
    }
  }

  /** A field of anything that is not a path. */
  record Field(Expr base, String name) implements Expr {
    @Override
    public String impliedName() {
      return name;
    }
  }

  /**
   * {@code base[OFFSET(index)]}; the mode is PLAIN, OFFSET, ORDINAL, SAFE_OFFSET or SAFE_ORDINAL.
   */
  record Subscript(Expr base, String mode, Expr index, Position position) implements Expr {}

  /** {@code @name}; in lower case. */
  record Parameter(String name, Position position) implements Expr {}

  /** {@code ?}; the place counts from 0 in the order the statement is written. */
  record PositionalParameter(int place, Position position) implements Expr {}

  /** {@code @@name}. */
  record SystemVariable(String name, Position position) implements Expr {}

  /** Minus, plus, NOT and ~. */
  record Unary(String operator, Expr operand, Position position) implements Expr {}

  /** Arithmetic, comparison, AND, OR, ||, bit operators. */
  record Binary(String operator, Expr left, Expr right, Position position) implements Expr {}

  /** {@code IS [NOT] NULL|TRUE|FALSE|UNKNOWN}. */
  record Is(Expr operand, String what, boolean negated) implements Expr {}

  /** {@code IS [NOT] DISTINCT FROM}. */
  record Distinct(Expr left, Expr right, boolean negated) implements Expr {}

  /** {@code [NOT] BETWEEN}. */
  record Between(Expr operand, Expr low, Expr high, boolean negated) implements Expr {}

  /** {@code [NOT] IN (a, b)}. */
  record InList(Expr operand, List<Expr> values, boolean negated) implements Expr {
    public InList {
      values = List.copyOf(values);
    }
  }

  /** {@code [NOT] IN (SELECT ..)}. */
  record InQuery(Expr operand, Query query, boolean negated) implements Expr {}

  /** {@code [NOT] IN UNNEST(array)}. */
  record InArray(Expr operand, Expr array, boolean negated) implements Expr {}

  /** {@code [NOT] LIKE}. */
  record Like(Expr operand, Expr pattern, boolean negated) implements Expr {}

  /** CASE in both forms. */
  record Case(@Nullable Expr operand, List<When> whens, @Nullable Expr otherwise) implements Expr {
    public Case {
      whens = List.copyOf(whens);
    }

    /** One arm. */
    public record When(Expr condition, Expr result) {}
  }

  /** CAST and SAFE_CAST. */
  record Cast(Expr operand, TypeName type, boolean safe, Position position) implements Expr {}

  /** {@code EXTRACT(part FROM operand [AT TIME ZONE zone])}. */
  record Extract(String part, Expr operand, @Nullable Expr zone, Position position)
      implements Expr {}

  /** {@code COUNT(*)}'s argument. */
  record Star() implements Expr {}

  /** DEFAULT as a value. */
  record Default() implements Expr {}

  /**
   * A function call.
   *
   * @param name in upper case, dotted when in a namespace
   * @param nulls IGNORE, RESPECT or null
   */
  record Call(
      String name,
      boolean safe,
      List<Expr> arguments,
      boolean distinct,
      @Nullable String nulls,
      List<Query.Order> order,
      @Nullable Expr limit,
      @Nullable Window window,
      Position position)
      implements Expr {
    public Call {
      arguments = List.copyOf(arguments);
      order = List.copyOf(order);
    }
  }

  /** An OVER clause, or what a WINDOW clause names. */
  record Window(
      @Nullable String base, List<Expr> partition, List<Query.Order> order, @Nullable Frame frame) {
    public Window {
      partition = List.copyOf(partition);
      order = List.copyOf(order);
    }
  }

  /** A window frame. */
  record Frame(String unit, Bound start, @Nullable Bound end) {
    /** One end: UNBOUNDED PRECEDING, CURRENT ROW, or an offset PRECEDING or FOLLOWING. */
    public record Bound(@Nullable Expr offset, String direction) {}
  }

  /** {@code [1, 2]} or {@code ARRAY<T>[..]}. */
  record ArrayOf(@Nullable TypeName type, List<Expr> elements) implements Expr {
    public ArrayOf {
      elements = List.copyOf(elements);
    }
  }

  /** {@code STRUCT(1 AS a)}, {@code STRUCT<a INT64>(1)} and {@code (1, 2)}. */
  record StructOf(@Nullable TypeName type, List<Member> members) implements Expr {
    public StructOf {
      members = List.copyOf(members);
    }

    /** One member; a null name makes it anonymous. */
    public record Member(@Nullable String name, Expr value) {}
  }

  /** {@code ARRAY(SELECT ..)}. */
  record ArrayQuery(Query query) implements Expr {}

  /** {@code (SELECT ..)} as a value. */
  record ScalarQuery(Query query) implements Expr {}

  /** {@code EXISTS(SELECT ..)}. */
  record Exists(Query query) implements Expr {}
}
