package io.deltaferry.localgcp.bigquery.sql.syntax;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads expressions by precedence climbing: OR, AND, NOT, comparison, |, ^, &, shifts, + -, * / ||,
 * unary.
 */
final class ExpressionParser {
  private static final List<Set<String>> LEVELS =
      List.of(
          Set.of("|"),
          Set.of("^"),
          Set.of("&"),
          Set.of("<<", ">>"),
          Set.of("+", "-"),
          Set.of("*", "/", "||"));
  private static final Set<String> COMPARISONS = Set.of("=", "<", ">", "<=", ">=", "!=", "<>");

  private static final Set<Expr.LiteralType> NUMBERS =
      Set.of(Expr.LiteralType.INT64, Expr.LiteralType.FLOAT64);

  private final Tokens tokens;

  ExpressionParser(Tokens tokens) {
    this.tokens = tokens;
  }

  Expr expression() {
    Expr left = conjunction();
    while (tokens.isWord("OR")) {
      Position position = tokens.next().position();
      left = new Expr.Binary("OR", left, conjunction(), position);
    }
    return left;
  }

  private Expr conjunction() {
    Expr left = negation();
    while (tokens.isWord("AND")) {
      Position position = tokens.next().position();
      left = new Expr.Binary("AND", left, negation(), position);
    }
    return left;
  }

  private Expr negation() {
    if (tokens.isWord("NOT")) {
      Position position = tokens.next().position();
      return new Expr.Unary("NOT", negation(), position);
    }
    return comparison();
  }

  private Expr comparison() {
    Expr left = binary(0);
    while (true) {
      Expr compared = compared(left);
      if (compared == null) {
        return left;
      }
      left = compared;
    }
  }

  private @Nullable Expr compared(Expr left) {
    Token token = tokens.peek();
    if (token.kind() == Token.Kind.SYMBOL && COMPARISONS.contains(token.text())) {
      tokens.next();
      String operator = token.text().equals("!=") ? "<>" : token.text();
      return new Expr.Binary(operator, left, binary(0), token.position());
    }
    if (tokens.accept("IS")) {
      return is(left);
    }
    boolean negated = tokens.isWord("NOT") && isNegatable(tokens.peek(1));
    if (negated) {
      tokens.next();
    }
    if (tokens.accept("BETWEEN")) {
      Expr low = binary(0);
      tokens.expect("AND");
      return new Expr.Between(left, low, binary(0), negated);
    }
    if (tokens.accept("LIKE")) {
      return like(left, negated);
    }
    return tokens.accept("IN") ? in(left, negated) : null;
  }

  private static boolean isNegatable(Token token) {
    return token.isWord("BETWEEN") || token.isWord("LIKE") || token.isWord("IN");
  }

  private Expr is(Expr left) {
    boolean negated = tokens.accept("NOT");
    if (tokens.accept("DISTINCT")) {
      tokens.expect("FROM");
      return new Expr.Distinct(left, binary(0), negated);
    }
    for (String what : List.of("NULL", "TRUE", "FALSE", "UNKNOWN")) {
      if (tokens.accept(what)) {
        return new Expr.Is(left, what, negated);
      }
    }
    throw tokens.unexpected();
  }

  private Expr like(Expr left, boolean negated) {
    for (String quantifier : List.of("ANY", "SOME", "ALL")) {
      if (tokens.isWord(quantifier)) {
        throw tokens.position().unsupported("LIKE " + quantifier);
      }
    }
    return new Expr.Like(left, binary(0), negated);
  }

  private Expr in(Expr left, boolean negated) {
    if (tokens.isWord("UNNEST")) {
      tokens.next();
      tokens.expectSymbol("(");
      Expr array = expression();
      tokens.expectSymbol(")");
      return new Expr.InArray(left, array, negated);
    }
    if (tokens.peek(1).isWord("SELECT") || tokens.peek(1).isWord("WITH")) {
      tokens.expectSymbol("(");
      Query query = new QueryParser(tokens).query();
      tokens.expectSymbol(")");
      return new Expr.InQuery(left, query, negated);
    }
    return new Expr.InList(left, tokens.parenthesized(this::expression), negated);
  }

  private Expr binary(int level) {
    if (level == LEVELS.size()) {
      return unary();
    }
    Expr left = binary(level + 1);
    while (tokens.peek().kind() == Token.Kind.SYMBOL
        && LEVELS.get(level).contains(tokens.peek().text())) {
      Token operator = tokens.next();
      left = new Expr.Binary(operator.text(), left, binary(level + 1), operator.position());
    }
    return left;
  }

  private Expr unary() {
    Token token = tokens.peek();
    if (!token.isSymbol("-") && !token.isSymbol("+") && !token.isSymbol("~")) {
      return postfix(new PrimaryParser(tokens).primary());
    }
    tokens.next();
    Expr operand = unary();
    // So that the smallest INT64 can be written at all, and a float stays a literal.
    if (token.isSymbol("-")
        && operand instanceof Expr.Literal literal
        && NUMBERS.contains(literal.type())
        && !literal.value().startsWith("-")) {
      return new Expr.Literal(literal.type(), "-" + literal.value(), token.position());
    }
    return new Expr.Unary(token.text(), operand, token.position());
  }

  private Expr postfix(Expr base) {
    Expr expression = base;
    while (true) {
      Position position = tokens.position();
      if (tokens.acceptSymbol("[")) {
        expression = subscript(expression, position);
      } else if (tokens.isSymbol(".") && !tokens.peek(1).isSymbol("*")) {
        tokens.next();
        expression = new Expr.Field(expression, tokens.anyName());
      } else {
        return expression;
      }
    }
  }

  private Expr subscript(Expr base, Position position) {
    String mode = "PLAIN";
    Expr index;
    String word = tokens.peek().text().toUpperCase(Locale.ROOT);
    if (Set.of("OFFSET", "ORDINAL", "SAFE_OFFSET", "SAFE_ORDINAL").contains(word)
        && tokens.peek(1).isSymbol("(")) {
      tokens.next();
      tokens.next();
      mode = word;
      index = expression();
      tokens.expectSymbol(")");
    } else {
      index = expression();
    }
    tokens.expectSymbol("]");
    return new Expr.Subscript(base, mode, index, position);
  }
}
