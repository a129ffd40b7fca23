package io.deltaferry.localgcp.bigquery.sql.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads types. */
final class TypeParser {
  private final Tokens tokens;

  TypeParser(Tokens tokens) {
    this.tokens = tokens;
  }

  TypeName type() {
    Token first = tokens.peek();
    if (tokens.accept("ARRAY")) {
      tokens.expectSymbol("<");
      TypeName element = type();
      tokens.expectClosingAngle();
      if (element instanceof TypeName.Array) {
        throw first
            .position()
            .refuse(
                "Cannot construct array with element type ARRAY because nested arrays are not supported");
      }
      return new TypeName.Array(element);
    }
    if (tokens.accept("STRUCT")) {
      tokens.expectSymbol("<");
      List<TypeName.Member> members = tokens.separated(this::member);
      tokens.expectClosingAngle();
      return new TypeName.Struct(members);
    }
    if (tokens.accept("INTERVAL")) {
      return new TypeName.Scalar("INTERVAL", List.of());
    }
    String name = canonical(tokens.anyName());
    if (name == null) {
      throw first.position().refuse("Type not found: " + first.value());
    }
    return new TypeName.Scalar(name, parameters());
  }

  private TypeName.Member member() {
    Token first = tokens.peek();
    Token second = tokens.peek(1);
    boolean named =
        second.kind() == Token.Kind.IDENTIFIER || second.kind() == Token.Kind.QUOTED_IDENTIFIER;
    return new TypeName.Member(named && first.isName() ? tokens.name() : null, type());
  }

  private List<Integer> parameters() {
    List<Integer> parameters = new ArrayList<>();
    if (tokens.acceptSymbol("(")) {
      parameters.addAll(tokens.separated(this::number));
      tokens.expectSymbol(")");
    }
    return parameters;
  }

  private Integer number() {
    if (tokens.peek().kind() != Token.Kind.INTEGER) {
      throw tokens.unexpected("integer literal");
    }
    Token number = tokens.next();
    try {
      return Integer.valueOf(number.text());
    } catch (NumberFormatException e) {
      throw number.position().refuse("Invalid type parameter: " + number.text());
    }
  }

  private static @Nullable String canonical(String name) {
    return switch (name.toUpperCase(Locale.ROOT)) {
      case "INT64", "INT", "INTEGER", "BIGINT", "SMALLINT", "TINYINT", "BYTEINT" -> "INT64";
      case "FLOAT64" -> "FLOAT64";
      case "NUMERIC", "DECIMAL" -> "NUMERIC";
      case "BIGNUMERIC", "BIGDECIMAL" -> "BIGNUMERIC";
      case "BOOL", "BOOLEAN" -> "BOOL";
      case "STRING" -> "STRING";
      case "BYTES" -> "BYTES";
      case "DATE" -> "DATE";
      case "DATETIME" -> "DATETIME";
      case "TIME" -> "TIME";
      case "TIMESTAMP" -> "TIMESTAMP";
      case "JSON" -> "JSON";
      case "INTERVAL" -> "INTERVAL";
      case "GEOGRAPHY" -> "GEOGRAPHY";
      default -> null;
    };
  }
}
