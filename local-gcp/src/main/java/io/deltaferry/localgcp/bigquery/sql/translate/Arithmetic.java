package io.deltaferry.localgcp.bigquery.sql.translate;

import io.deltaferry.localgcp.bigquery.sql.syntax.TypeName;

/** Numbers added, subtracted, multiplied and divided within one type. */
final class Arithmetic {
  private Arithmetic() {}

  static Typed write(String operator, String left, String right, TypeName type) {
    boolean sum = operator.equals("+") || operator.equals("-");
    String name =
        operator.equals("*")
            ? "multiply"
            : operator.equals("/") ? "divide" : operator.equals("+") ? "add" : "subtract";
    String call = name + "(" + left + ", " + right + ")";
    String infix = "(" + left + " " + operator + " " + right + ")";
    String sql =
        switch (((TypeName.Scalar) type).name()) {
          case "INT64" -> infix;
          case "NUMERIC" -> sum ? infix : "gsql_numeric_" + call;
          case "BIGNUMERIC" -> sum ? "gsql_bignumeric_checked" + infix : "gsql_bignumeric_" + call;
          default -> "gsql_float_" + call;
        };
    return Typed.of(sql, type);
  }
}
