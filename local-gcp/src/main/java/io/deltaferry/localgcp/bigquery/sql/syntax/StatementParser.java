package io.deltaferry.localgcp.bigquery.sql.syntax;

import java.util.Locale;

/** Reads one whole statement. */
final class StatementParser {
  private final Tokens tokens;

  StatementParser(Tokens tokens) {
    this.tokens = tokens;
  }

  Statement statement() {
    Statement statement = read();
    if (!tokens.atEnd()) {
      throw tokens
          .position()
          .syntaxError("Expected end of input but got " + tokens.peek().described());
    }
    return statement;
  }

  private Statement read() {
    Token first = tokens.peek();
    if (first.isSymbol("(")) {
      return query();
    }
    if (first.kind() != Token.Kind.IDENTIFIER) {
      throw tokens.unexpected();
    }
    String word = first.text().toUpperCase(Locale.ROOT);
    return switch (word) {
      case "SELECT", "WITH" -> query();
      case "INSERT" -> new DmlParser(tokens).insert();
      case "UPDATE" -> new DmlParser(tokens).update();
      case "DELETE" -> new DmlParser(tokens).delete();
      case "MERGE" -> new DmlParser(tokens).merge();
      case "TRUNCATE" -> new DmlParser(tokens).truncate();
      case "CREATE" -> new DdlParser(tokens).create();
      case "DROP" -> new DdlParser(tokens).drop();
      case "ALTER" -> new DdlParser(tokens).alter();
      case "ASSERT" -> assertion();
      case "BEGIN", "COMMIT", "ROLLBACK" -> transaction(word);
      case "DECLARE",
          "SET",
          "IF",
          "LOOP",
          "WHILE",
          "REPEAT",
          "FOR",
          "CASE",
          "CALL",
          "RETURN",
          "RAISE",
          "BREAK",
          "LEAVE",
          "CONTINUE",
          "ITERATE",
          "EXECUTE",
          "EXPORT",
          "LOAD",
          "GRANT",
          "REVOKE",
          "UNDROP",
          "EXPLAIN",
          "DESCRIBE",
          "ANALYZE",
          "FROM" ->
          throw first.position().unsupported(word + " statements (scripts are flat here)");
      default -> throw tokens.unexpected();
    };
  }

  private Statement query() {
    return new Statement.Select(new QueryParser(tokens).query());
  }

  private Statement assertion() {
    tokens.expect("ASSERT");
    Expr condition = new ExpressionParser(tokens).expression();
    if (!tokens.accept("AS")) {
      return new Statement.Assert(condition, null);
    }
    if (tokens.peek().kind() != Token.Kind.STRING) {
      throw tokens.unexpected("string literal");
    }
    return new Statement.Assert(condition, tokens.next().value());
  }

  private Statement transaction(String verb) {
    Token first = tokens.next();
    tokens.accept("TRANSACTION");
    if (verb.equals("BEGIN") && !tokens.atEnd()) {
      throw first.position().unsupported("BEGIN .. END blocks (scripts are flat here)");
    }
    return new Statement.Transaction(verb);
  }
}
