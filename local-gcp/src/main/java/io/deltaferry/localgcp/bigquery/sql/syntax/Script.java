package io.deltaferry.localgcp.bigquery.sql.syntax;

import io.deltaferry.localgcp.bigquery.sql.SqlStatement;
import io.deltaferry.localgcp.bigquery.sql.StatementKind;
import io.deltaferry.localgcp.http.GoogleError;
import java.util.ArrayList;
import java.util.List;

/** Scripts of flat statements. */
public final class Script {
  private Script() {}

  /**
   * The statements between semicolons, each parsed, so that a script with a syntax error runs
   * nothing.
   *
   * @throws GoogleError {@code invalidQuery} with the place in the script
   */
  public static List<SqlStatement> split(String script) {
    List<SqlStatement> statements = new ArrayList<>();
    List<Token> current = new ArrayList<>();
    for (Token token : Lexer.tokens(script, new Position(1, 1))) {
      boolean end = token.kind() == Token.Kind.END || token.isSymbol(";");
      if (!end) {
        current.add(token);
      } else if (!current.isEmpty()) {
        statements.add(statement(script, current, token));
        current.clear();
      }
    }
    if (statements.isEmpty()) {
      throw new Position(1, 1).syntaxError("Unexpected end of statement");
    }
    return List.copyOf(statements);
  }

  /** Parses a statement that was split from a script; places in messages are the script's. */
  public static Statement parse(SqlStatement statement) {
    Position first = new Position(statement.line(), statement.column());
    Tokens tokens = new Tokens(statement.text(), Lexer.tokens(statement.text(), first));
    return new StatementParser(tokens).statement();
  }

  private static SqlStatement statement(String script, List<Token> tokens, Token end) {
    Token first = tokens.get(0);
    String text = script.substring(first.start(), tokens.get(tokens.size() - 1).end());
    List<Token> all = new ArrayList<>(tokens);
    all.add(new Token(Token.Kind.END, "", "", end.start(), end.start(), end.position()));
    Statement parsed = new StatementParser(new Tokens(script, all)).statement();
    return new SqlStatement(kind(parsed), text, first.position().line(), first.position().column());
  }

  private static StatementKind kind(Statement statement) {
    if (statement instanceof Statement.Transaction transaction) {
      return StatementKind.valueOf(transaction.verb() + "_TRANSACTION");
    }
    if (statement instanceof Statement.Drop drop) {
      return StatementKind.valueOf("DROP_" + drop.what());
    }
    if (statement instanceof Statement.CreateTable create) {
      return create.query() == null
          ? StatementKind.CREATE_TABLE
          : StatementKind.CREATE_TABLE_AS_SELECT;
    }
    return plainKind(statement);
  }

  private static StatementKind plainKind(Statement statement) {
    if (statement instanceof Statement.Select) {
      return StatementKind.SELECT;
    } else if (statement instanceof Statement.Insert) {
      return StatementKind.INSERT;
    } else if (statement instanceof Statement.Update) {
      return StatementKind.UPDATE;
    } else if (statement instanceof Statement.Delete) {
      return StatementKind.DELETE;
    } else if (statement instanceof Statement.Merge) {
      return StatementKind.MERGE;
    } else if (statement instanceof Statement.Truncate) {
      return StatementKind.TRUNCATE_TABLE;
    } else if (statement instanceof Statement.Assert) {
      return StatementKind.ASSERT;
    } else if (statement instanceof Statement.CreateView) {
      return StatementKind.CREATE_VIEW;
    } else if (statement instanceof Statement.CreateSchema) {
      return StatementKind.CREATE_SCHEMA;
    }
    return StatementKind.ALTER_TABLE;
  }
}
