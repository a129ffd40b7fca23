package io.deltaferry.localgcp.bigquery.sql.translate;

import io.deltaferry.localgcp.bigquery.sql.syntax.Expr;
import io.deltaferry.localgcp.bigquery.sql.syntax.Position;
import io.deltaferry.localgcp.bigquery.sql.syntax.TypeName;
import io.deltaferry.localgcp.http.GoogleError;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Operators by the types of their operands. */
final class Operators {
  private static final Set<TypeName> TEXTS = Set.of(Types.STRING, Types.BYTES);

  private Operators() {}

  static Typed unary(Expr.Unary unary, Typed operand) {
    TypeName type = operand.type();
    return switch (unary.operator()) {
      case "NOT" -> Typed.of("(NOT " + as(operand, Types.BOOL, unary) + ")", Types.BOOL);
      case "~" -> Typed.of("(~" + as(operand, Types.INT64, unary) + ")", Types.INT64);
      case "+" -> number(unary, operand);
      default -> {
        if (type.equals(Types.INTERVAL)) {
          yield Typed.of("(-" + operand.sql() + ")", type);
        }
        Typed number = number(unary, operand);
        String zero = number.type().equals(Types.BIGNUMERIC) ? "0::BIGNUM" : "";
        yield Typed.of("(" + zero + "-" + number.sql() + ")", number.type());
      }
    };
  }

  private static Typed number(Expr.Unary unary, Typed operand) {
    if (!Types.isNumber(operand.type()) && !operand.type().equals(Types.NULL)) {
      throw noMatch("operator " + unary.operator(), List.of(operand.type()), unary.position());
    }
    return operand.type().equals(Types.NULL)
        ? Typed.of(Coercion.sql(operand, Types.INT64), Types.INT64)
        : Typed.of(operand.sql(), operand.type());
  }

  private static String as(Typed operand, TypeName type, Expr.Unary unary) {
    if (!Coercion.possible(operand, type)) {
      throw noMatch("operator " + unary.operator(), List.of(operand.type()), unary.position());
    }
    return Coercion.sql(operand, type);
  }

  static Typed binary(Expr.Binary binary, Typed left, Typed right) {
    return switch (binary.operator()) {
      case "AND", "OR" -> both(binary, left, right, Types.BOOL, Types.BOOL);
      case "=", "<>", "<", ">", "<=", ">=" -> comparison(binary, left, right);
      case "||" -> concatenation(binary, left, right);
      case "+", "-", "*", "/" -> arithmetic(binary, left, right);
      case "<<", ">>" -> shift(binary, left, right);
      case "^" ->
          Typed.of(
              "xor(" + as(left, binary, right) + ", " + as(right, binary, left) + ")", Types.INT64);
      default -> both(binary, left, right, Types.INT64, Types.INT64);
    };
  }

  private static String as(Typed side, Expr.Binary binary, Typed other) {
    if (!Coercion.possible(side, Types.INT64)) {
      throw noMatch(binary, side, other);
    }
    return Coercion.sql(side, Types.INT64);
  }

  private static Typed both(
      Expr.Binary binary, Typed left, Typed right, TypeName operands, TypeName result) {
    if (!Coercion.possible(left, operands) || !Coercion.possible(right, operands)) {
      throw noMatch(binary, left, right);
    }
    return infix(
        binary.operator(), Coercion.sql(left, operands), Coercion.sql(right, operands), result);
  }

  private static Typed infix(String operator, String left, String right, TypeName type) {
    return Typed.of("(" + left + " " + operator + " " + right + ")", type);
  }

  private static Typed shift(Expr.Binary binary, Typed left, Typed right) {
    String name = binary.operator().equals("<<") ? "gsql_shift_left" : "gsql_shift_right";
    return Typed.of(
        name + "(" + as(left, binary, right) + ", " + as(right, binary, left) + ")", Types.INT64);
  }

  private static Typed comparison(Expr.Binary binary, Typed left, Typed right) {
    TypeName type =
        Coercion.common(List.of(left, right)).orElseThrow(() -> noMatch(binary, left, right));
    boolean equality = Set.of("=", "<>").contains(binary.operator());
    if (type.equals(Types.JSON)
        || type instanceof TypeName.Array
        || (type instanceof TypeName.Struct && !equality)) {
      throw noMatch(binary, left, right);
    }
    return Typed.of(
        compared(binary.operator(), Coercion.sql(left, type), Coercion.sql(right, type), type),
        Types.BOOL);
  }

  /** The comparison of two texts of one type. */
  static String compared(String operator, String left, String right, TypeName type) {
    String plain = "(" + left + " " + operator + " " + right + ")";
    if (comparesAsDuckDoes(type)) {
      return plain;
    }
    if (operator.equals("<>")) {
      return "(NOT " + compared("=", left, right, type) + ")";
    }
    if (type instanceof TypeName.Struct struct) {
      return members(left, right, struct);
    }
    return switch (operator) {
      case "<", "<=" -> unlessNan(plain, right, left);
      default -> unlessNan(plain, left, right);
    };
  }

  /**
   * DuckDB's NaN equals itself and is greater than all else, GoogleSQL's is neither; DuckDB
   * compares NULL members of structs as if they were values.
   */
  static boolean comparesAsDuckDoes(TypeName type) {
    return !type.equals(Types.FLOAT64) && !(type instanceof TypeName.Struct);
  }

  private static String members(String left, String right, TypeName.Struct struct) {
    return IntStream.range(0, struct.members().size())
        .mapToObj(
            i ->
                compared(
                    "=",
                    Types.member(left, struct, i).sql(),
                    Types.member(right, struct, i).sql(),
                    struct.members().get(i).type()))
        .collect(Collectors.joining(" AND ", "(", ")"));
  }

  // A join on the comparison stays one DuckDB can hash.
  private static String unlessNan(String comparison, String side, String other) {
    return "(" + comparison + " AND (NOT isnan(" + side + ") OR " + other + " IS NULL))";
  }

  private static Typed concatenation(Expr.Binary binary, Typed left, Typed right) {
    TypeName type =
        Coercion.common(List.of(left, right)).orElseThrow(() -> noMatch(binary, left, right));
    TypeName known = type.equals(Types.NULL) ? Types.STRING : type;
    if (!TEXTS.contains(known) && !(known instanceof TypeName.Array)) {
      throw noMatch(binary, left, right);
    }
    return infix("||", Coercion.sql(left, known), Coercion.sql(right, known), known);
  }

  private static Typed arithmetic(Expr.Binary binary, Typed left, Typed right) {
    TypeName type = Coercion.common(List.of(left, right)).orElse(Types.STRING);
    TypeName known = type.equals(Types.NULL) ? Types.INT64 : type;
    if (!Types.isNumber(known)) {
      return TimeArithmetic.write(binary, left, right)
          .orElseThrow(() -> noMatch(binary, left, right));
    }
    boolean division = binary.operator().equals("/");
    TypeName result = division && known.equals(Types.INT64) ? Types.FLOAT64 : known;
    return Arithmetic.write(
        binary.operator(), Coercion.sql(left, result), Coercion.sql(right, result), result);
  }

  private static GoogleError noMatch(Expr.Binary binary, Typed left, Typed right) {
    return noMatch(
        "operator " + binary.operator(), List.of(left.type(), right.type()), binary.position());
  }

  /** BigQuery's words for operands of the wrong types. */
  static GoogleError noMatch(String what, List<TypeName> types, Position position) {
    String names =
        types.stream()
            .map(type -> type.equals(Types.NULL) ? "NULL" : type.toString())
            .collect(Collectors.joining(", "));
    return position.refuse("No matching signature for " + what + " for argument types: " + names);
  }
}
