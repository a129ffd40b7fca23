package io.deltaferry.localgcp.bigquery.sql.syntax;

import java.util.ArrayList;
import java.util.List;

/** Reads column lists, constraints and OPTIONS. */
final class ColumnParser {
  /** What stands in a CREATE TABLE's parentheses. */
  record TableElements(List<Statement.ColumnSpec> columns, List<String> primaryKey) {}

  private final Tokens tokens;
  private final ExpressionParser expressions;

  ColumnParser(Tokens tokens) {
    this.tokens = tokens;
    this.expressions = new ExpressionParser(tokens);
  }

  TableElements tableElements() {
    List<Statement.ColumnSpec> columns = new ArrayList<>();
    List<String> primaryKey = new ArrayList<>();
    if (tokens.acceptSymbol("(")) {
      do {
        if (!columns.isEmpty() && tokens.isSymbol(")")) {
          break;
        }
        element(columns, primaryKey);
      } while (tokens.acceptSymbol(","));
      tokens.expectSymbol(")");
    }
    return new TableElements(columns, primaryKey);
  }

  private void element(List<Statement.ColumnSpec> columns, List<String> primaryKey) {
    if (tokens.accept("CONSTRAINT")) {
      tokens.accept("IF", "NOT", "EXISTS");
      tokens.name();
    }
    if (tokens.areWords("FOREIGN", "KEY")) {
      throw tokens.position().unsupported("FOREIGN KEY");
    }
    if (tokens.accept("PRIMARY", "KEY")) {
      primaryKey.addAll(tokens.parenthesized(tokens::name));
      notEnforced();
      return;
    }
    Statement.ColumnSpec column = column();
    columns.add(column);
    if (tokens.accept("PRIMARY", "KEY")) {
      notEnforced();
      primaryKey.add(column.name());
    }
  }

  private void notEnforced() {
    Position position = tokens.position();
    if (!tokens.accept("NOT", "ENFORCED")) {
      throw position.refuse("Enforced primary key constraints are not supported");
    }
  }

  Statement.ColumnSpec column() {
    Position position = tokens.position();
    String name = tokens.name();
    TypeName type = new TypeParser(tokens).type();
    boolean required = false;
    Expr defaultValue = null;
    String defaultSql = null;
    List<Statement.Option> options = new ArrayList<>();
    while (true) {
      if (tokens.accept("NOT", "NULL")) {
        required = true;
      } else if (tokens.accept("DEFAULT")) {
        Token first = tokens.peek();
        defaultValue = expressions.expression();
        defaultSql = tokens.textSince(first);
      } else if (tokens.isWord("OPTIONS")) {
        options.addAll(options());
      } else if (tokens.isWord("COLLATE")) {
        throw tokens.position().unsupported("COLLATE");
      } else {
        return new Statement.ColumnSpec(
            name, type, required, defaultValue, defaultSql, options, position);
      }
    }
  }

  /** The OPTIONS clause, or nothing. */
  List<Statement.Option> options() {
    List<Statement.Option> options = new ArrayList<>();
    if (tokens.accept("OPTIONS")) {
      tokens.expectSymbol("(");
      if (!tokens.isSymbol(")")) {
        options.addAll(tokens.separated(this::option));
      }
      tokens.expectSymbol(")");
    }
    return options;
  }

  private Statement.Option option() {
    Position position = tokens.position();
    String name = tokens.name();
    tokens.expectSymbol("=");
    return new Statement.Option(name, expressions.expression(), position);
  }
}
