package io.deltaferry.localgcp.bigquery.sql.syntax;

import java.util.ArrayList;
import java.util.List;

/** Reads INSERT, UPDATE, DELETE, MERGE and TRUNCATE TABLE. */
final class DmlParser {
  private final Tokens tokens;
  private final ExpressionParser expressions;
  private final SourceParser sources;

  DmlParser(Tokens tokens) {
    this.tokens = tokens;
    this.expressions = new ExpressionParser(tokens);
    this.sources = new SourceParser(tokens);
  }

  Statement.Insert insert() {
    tokens.expect("INSERT");
    tokens.accept("INTO");
    Statement.Target target = sources.target(false);
    List<String> columns =
        tokens.isSymbol("(") && !QueryParser.startsQuery(tokens, 1) ? columns() : List.of();
    if (tokens.accept("VALUES")) {
      List<List<Expr>> rows = tokens.separated(() -> tokens.parenthesized(this::value));
      return new Statement.Insert(target, columns, rows, null);
    }
    return new Statement.Insert(target, columns, List.of(), new QueryParser(tokens).query());
  }

  private List<String> columns() {
    return tokens.parenthesized(tokens::name);
  }

  private Expr value() {
    return tokens.accept("DEFAULT") ? new Expr.Default() : expressions.expression();
  }

  Statement.Update update() {
    Position position = tokens.position();
    tokens.expect("UPDATE");
    Statement.Target target = sources.target(true);
    List<Statement.Assignment> assignments = assignments();
    Query.Source from = tokens.accept("FROM") ? sources.sources() : null;
    if (!tokens.accept("WHERE")) {
      throw tokens.atEnd()
          ? position.refuse("UPDATE must have a WHERE clause")
          : tokens.unexpected();
    }
    return new Statement.Update(target, assignments, from, expressions.expression());
  }

  private List<Statement.Assignment> assignments() {
    tokens.expect("SET");
    return tokens.separated(this::assignment);
  }

  private Statement.Assignment assignment() {
    Position position = tokens.position();
    List<String> column = new ArrayList<>();
    column.add(tokens.name());
    while (tokens.acceptSymbol(".")) {
      column.add(tokens.anyName());
    }
    tokens.expectSymbol("=");
    return new Statement.Assignment(column, value(), position);
  }

  Statement.Delete delete() {
    Position position = tokens.position();
    tokens.expect("DELETE");
    tokens.accept("FROM");
    Statement.Target target = sources.target(true);
    if (!tokens.accept("WHERE")) {
      throw tokens.atEnd()
          ? position.refuse("DELETE must have a WHERE clause")
          : tokens.unexpected();
    }
    return new Statement.Delete(target, expressions.expression());
  }

  Statement.Truncate truncate() {
    tokens.expect("TRUNCATE", "TABLE");
    return new Statement.Truncate(sources.target(false));
  }

  Statement.Merge merge() {
    tokens.expect("MERGE");
    tokens.accept("INTO");
    Statement.Target target = sources.target(true);
    tokens.expect("USING");
    Query.Source source = sources.source();
    tokens.expect("ON");
    Expr on = expressions.expression();
    List<Statement.When> whens = new ArrayList<>();
    do {
      whens.add(when());
    } while (tokens.isWord("WHEN"));
    return new Statement.Merge(target, source, on, whens);
  }

  private Statement.When when() {
    tokens.expect("WHEN");
    Statement.Matching matching = matching();
    Expr condition = tokens.accept("AND") ? expressions.expression() : null;
    tokens.expect("THEN");
    return new Statement.When(matching, condition, action(matching));
  }

  private Statement.Matching matching() {
    if (tokens.accept("MATCHED")) {
      return Statement.Matching.MATCHED;
    }
    tokens.expect("NOT", "MATCHED");
    if (tokens.accept("BY", "SOURCE")) {
      return Statement.Matching.NOT_MATCHED_BY_SOURCE;
    }
    if (tokens.accept("BY")) {
      tokens.expect("TARGET");
    }
    return Statement.Matching.NOT_MATCHED_BY_TARGET;
  }

  private Statement.MergeAction action(Statement.Matching matching) {
    if (matching == Statement.Matching.NOT_MATCHED_BY_TARGET) {
      tokens.expect("INSERT");
      return insertAction();
    }
    if (tokens.accept("UPDATE")) {
      return new Statement.MergeUpdate(assignments());
    }
    tokens.expect("DELETE");
    return new Statement.MergeDelete();
  }

  private Statement.MergeInsert insertAction() {
    List<String> columns = tokens.isSymbol("(") ? columns() : List.of();
    if (tokens.accept("ROW")) {
      return new Statement.MergeInsert(columns, null);
    }
    tokens.expect("VALUES");
    return new Statement.MergeInsert(columns, tokens.parenthesized(this::value));
  }
}
