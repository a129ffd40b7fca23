package io.deltaferry.localgcp.bigquery.sql.syntax;

import io.deltaferry.localgcp.bigquery.sql.syntax.Expr.LiteralType;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads what operators stand between: literals, paths, parentheses and the forms with a syntax of
 * their own.
 */
final class PrimaryParser {
  private static final Set<String> TYPED =
      Set.of(
          "DATE",
          "DATETIME",
          "TIME",
          "TIMESTAMP",
          "NUMERIC",
          "DECIMAL",
          "BIGNUMERIC",
          "BIGDECIMAL",
          "JSON");
  // Keywords that are functions before a parenthesis.
  private static final Set<String> FUNCTION_KEYWORDS = Set.of("IF", "LEFT", "RIGHT", "GROUPING");

  private final Tokens tokens;

  PrimaryParser(Tokens tokens) {
    this.tokens = tokens;
  }

  Expr primary() {
    Token token = tokens.peek();
    Position position = token.position();
    return switch (token.kind()) {
      case STRING -> adjacent(LiteralType.STRING);
      case BYTES -> adjacent(LiteralType.BYTES);
      case INTEGER -> integer(tokens.next());
      case FLOAT -> literal(LiteralType.FLOAT64, tokens.next().text(), position);
      case NAMED_PARAMETER -> new Expr.Parameter(tokens.next().value(), position);
      case POSITIONAL_PARAMETER ->
          new Expr.PositionalParameter(Integer.parseInt(tokens.next().value()), position);
      case SYSTEM_VARIABLE -> new Expr.SystemVariable(tokens.next().value(), position);
      case QUOTED_IDENTIFIER -> path();
      case IDENTIFIER -> word(token);
      case SYMBOL -> symbol(token);
      case END -> throw tokens.unexpected();
    };
  }

  private static Expr literal(LiteralType type, String value, Position position) {
    return new Expr.Literal(type, value, position);
  }

  private Expr adjacent(LiteralType type) {
    Token token = tokens.next();
    if (tokens.peek().kind() == token.kind()) {
      throw tokens.position().syntaxError("concatenated string literals must be separated by ||");
    }
    return literal(type, token.value(), token.position());
  }

  private static Expr integer(Token token) {
    String digits = token.text().toLowerCase(Locale.ROOT);
    boolean hex = digits.startsWith("0x");
    if (digits.equals("0x")) {
      throw token.position().refuse("Invalid hex integer literal: " + token.text());
    }
    BigInteger value = hex ? new BigInteger(digits.substring(2), 16) : new BigInteger(digits);
    // Its range is checked when it is rendered, as 2^63 may yet be negated.
    return literal(LiteralType.INT64, value.toString(), token.position());
  }

  private Expr symbol(Token token) {
    if (token.isSymbol("(")) {
      return parenthesis();
    }
    if (token.isSymbol("[")) {
      return new Expr.ArrayOf(null, elements());
    }
    throw tokens.unexpected();
  }

  private Expr parenthesis() {
    if (QueryParser.startsQuery(tokens, 1)) {
      return scalarQuery();
    }
    if (tokens.peek(1).isSymbol("(")) {
      return tokens.either(this::scalarQuery, this::expressionInParentheses);
    }
    return expressionInParentheses();
  }

  private Expr scalarQuery() {
    return new Expr.ScalarQuery(queryInParentheses());
  }

  private Query queryInParentheses() {
    tokens.expectSymbol("(");
    Query query = new QueryParser(tokens).query();
    tokens.expectSymbol(")");
    return query;
  }

  private Expr expressionInParentheses() {
    List<Expr> values = tokens.parenthesized(this::expression);
    if (values.size() == 1) {
      return values.get(0);
    }
    return new Expr.StructOf(
        null, values.stream().map(value -> new Expr.StructOf.Member(null, value)).toList());
  }

  private List<Expr> elements() {
    tokens.expectSymbol("[");
    List<Expr> elements = new ArrayList<>();
    if (!tokens.isSymbol("]")) {
      elements.addAll(tokens.separated(this::expression));
    }
    tokens.expectSymbol("]");
    return elements;
  }

  private Expr word(Token token) {
    String word = token.text().toUpperCase(Locale.ROOT);
    Position position = token.position();
    if (TYPED.contains(word) && tokens.peek(1).kind() == Token.Kind.STRING) {
      tokens.next();
      return literal(typed(word), tokens.next().value(), position);
    }
    return switch (word) {
      case "NULL" -> literal(LiteralType.NULL, tokens.next().text(), position);
      case "TRUE", "FALSE" -> {
        tokens.next();
        yield literal(LiteralType.BOOL, word, position);
      }
      case "CASE" -> caseOf();
      case "CAST" -> cast(false);
      case "SAFE_CAST" -> tokens.peek(1).isSymbol("(") ? cast(true) : path();
      case "EXTRACT" -> extract();
      case "EXISTS" -> {
        tokens.next();
        yield new Expr.Exists(queryInParentheses());
      }
      case "ARRAY" -> array();
      case "STRUCT" -> struct();
      case "INTERVAL" -> interval();
      case "DEFAULT" -> throw tokens.unexpected();
      default -> path();
    };
  }

  private static LiteralType typed(String word) {
    return switch (word) {
      case "DECIMAL" -> LiteralType.NUMERIC;
      case "BIGDECIMAL" -> LiteralType.BIGNUMERIC;
      default -> LiteralType.valueOf(word);
    };
  }

  private Expr caseOf() {
    tokens.expect("CASE");
    Expr operand = tokens.isWord("WHEN") ? null : expression();
    List<Expr.Case.When> whens = new ArrayList<>();
    do {
      tokens.expect("WHEN");
      Expr condition = expression();
      tokens.expect("THEN");
      whens.add(new Expr.Case.When(condition, expression()));
    } while (tokens.isWord("WHEN"));
    Expr otherwise = tokens.accept("ELSE") ? expression() : null;
    tokens.expect("END");
    return new Expr.Case(operand, whens, otherwise);
  }

  private Expr cast(boolean safe) {
    Position position = tokens.next().position();
    tokens.expectSymbol("(");
    Expr operand = expression();
    tokens.expect("AS");
    TypeName type = new TypeParser(tokens).type();
    if (tokens.isWord("FORMAT")) {
      throw tokens.position().unsupported("CAST with FORMAT");
    }
    tokens.expectSymbol(")");
    return new Expr.Cast(operand, type, safe, position);
  }

  private Expr extract() {
    Position position = tokens.next().position();
    tokens.expectSymbol("(");
    String part = datePart();
    tokens.expect("FROM");
    Expr operand = expression();
    Expr zone = null;
    if (tokens.accept("AT", "TIME", "ZONE")) {
      zone = expression();
    }
    tokens.expectSymbol(")");
    return new Expr.Extract(part, operand, zone, position);
  }

  private String datePart() {
    String part = tokens.name().toUpperCase(Locale.ROOT);
    if (tokens.acceptSymbol("(")) {
      part += "(" + tokens.name().toUpperCase(Locale.ROOT) + ")";
      tokens.expectSymbol(")");
    }
    return part;
  }

  private Expr interval() {
    Position position = tokens.next().position();
    Expr amount = expression();
    String part = datePart();
    if (tokens.isWord("TO")) {
      throw position.unsupported("INTERVAL with a range of parts");
    }
    return new Expr.Interval(amount, part, position);
  }

  private Expr array() {
    if (tokens.peek(1).isSymbol("(")) {
      tokens.next();
      return new Expr.ArrayQuery(queryInParentheses());
    }
    if (tokens.peek(1).isSymbol("[")) {
      tokens.next();
      return new Expr.ArrayOf(null, elements());
    }
    TypeName type = new TypeParser(tokens).type();
    return new Expr.ArrayOf(type, elements());
  }

  private Expr struct() {
    TypeName type = null;
    if (tokens.peek(1).isSymbol("<")) {
      type = new TypeParser(tokens).type();
    } else {
      tokens.next();
    }
    tokens.expectSymbol("(");
    List<Expr.StructOf.Member> members = new ArrayList<>();
    if (!tokens.isSymbol(")")) {
      members.addAll(tokens.separated(this::member));
    }
    tokens.expectSymbol(")");
    return new Expr.StructOf(type, members);
  }

  private Expr.StructOf.Member member() {
    Expr value = expression();
    String name = tokens.accept("AS") ? tokens.name() : value.impliedName();
    return new Expr.StructOf.Member(name, value);
  }

  private Expr path() {
    Token first = tokens.peek();
    boolean function =
        tokens.peek(1).isSymbol("(")
            && FUNCTION_KEYWORDS.contains(first.text().toUpperCase(Locale.ROOT));
    if (!first.isName() && !function) {
      throw tokens.unexpected();
    }
    List<String> names = new ArrayList<>();
    names.add(tokens.next().value());
    while (tokens.isSymbol(".") && !tokens.peek(1).isSymbol("*")) {
      tokens.next();
      names.add(tokens.anyName());
    }
    if (tokens.isSymbol("(")) {
      return new CallParser(tokens).call(names, first.position());
    }
    return new Expr.Path(names, first.position());
  }

  private Expr expression() {
    return new ExpressionParser(tokens).expression();
  }
}
