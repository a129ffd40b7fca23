package io.deltaferry.localgcp.bigquery.sql.translate;

import io.deltaferry.localgcp.bigquery.sql.function.Decimals;
import io.deltaferry.localgcp.bigquery.sql.function.TimeText;
import io.deltaferry.localgcp.bigquery.sql.syntax.Expr;
import io.deltaferry.localgcp.bigquery.sql.syntax.Expr.LiteralType;
import io.deltaferry.localgcp.bigquery.sql.syntax.TypeName;
import io.deltaferry.localgcp.http.GoogleError;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/** Literals as DuckDB text, checked as BigQuery checks them. */
final class Literals {
  private Literals() {}

  static Typed typed(Expr.Literal literal) {
    TypeName type =
        literal.type() == LiteralType.NULL
            ? Types.NULL
            : new TypeName.Scalar(literal.type().name(), List.of());
    return new Typed(write(literal), type, literal, false);
  }

  /** The number of an INT64 literal. */
  static long int64(Expr.Literal literal) {
    try {
      return integer(literal.value());
    } catch (ArithmeticException e) {
      throw invalid(literal);
    }
  }

  static String write(Expr.Literal literal) {
    String value = literal.value();
    try {
      return switch (literal.type()) {
        case NULL -> "NULL";
        case BOOL -> value;
        case INT64 -> "CAST(" + integer(value) + " AS BIGINT)";
        case FLOAT64 -> "CAST('" + value + "' AS DOUBLE)";
        case STRING -> string(value);
        case BYTES ->
            "from_hex('"
                + HexFormat.of().formatHex(value.getBytes(StandardCharsets.ISO_8859_1))
                + "')";
        case NUMERIC -> "CAST('" + Decimals.numeric(value).toPlainString() + "' AS DECIMAL(38,9))";
        case BIGNUMERIC -> "CAST('" + Decimals.scaled(Decimals.bignumeric(value)) + "' AS BIGNUM)";
        case DATE -> "DATE '" + TimeText.date(value) + "'";
        case DATETIME -> "TIMESTAMP '" + TimeText.text(TimeText.datetime(value)) + "'";
        case TIME -> "TIME '" + TimeText.text(TimeText.time(value)) + "'";
        case TIMESTAMP -> "TIMESTAMPTZ '" + TimeText.text(TimeText.timestamp(value)) + "+00'";
        case JSON -> "gsql_parse_json(" + string(value) + ")";
      };
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw invalid(literal);
    }
  }

  private static GoogleError invalid(Expr.Literal literal) {
    return literal.position().refuse("Invalid " + literal.type() + " literal");
  }

  private static long integer(String value) {
    return new BigInteger(value).longValueExact();
  }

  private static String string(String value) {
    if (value.indexOf('\0') < 0) {
      return DuckText.literal(value);
    }
    // A zero byte would end DuckDB's text.
    String hex = HexFormat.of().formatHex(value.getBytes(StandardCharsets.UTF_8));
    return "decode(from_hex('" + hex + "'))";
  }
}
