package io.deltaferry.localgcp.bigquery.sql.syntax;

import io.deltaferry.localgcp.bigquery.sql.SqlStatement;
import java.util.ArrayList;
import java.util.List;

/**
 * A statement whose table paths in one pair of backticks are quoted part by part, as plain
 * GoogleSQL wants them: only then is a table's own name its alias.
 */
public final class PathQuotes {
  // A backtick more on each side of a dot.
  private static final int ADDED = 2;

  private final String text;
  private final List<Position> dots;

  private PathQuotes(String text, List<Position> dots) {
    this.text = text;
    this.dots = List.copyOf(dots);
  }

  /** Reads a statement that was split from a script. */
  public static PathQuotes of(SqlStatement statement) {
    StringBuilder out = new StringBuilder();
    List<Position> dots = new ArrayList<>();
    int copied = 0;
    for (Token token : Lexer.tokens(statement.text(), new Position(1, 1))) {
      if (token.kind() == Token.Kind.QUOTED_IDENTIFIER && !token.text().contains("\\")) {
        for (int i = token.start(); i < token.end(); i++) {
          if (statement.text().charAt(i) == '.') {
            out.append(statement.text(), copied, i).append("`.`");
            copied = i + 1;
            Position start = token.position();
            dots.add(new Position(start.line(), start.column() + i - token.start()));
          }
        }
      }
    }
    return new PathQuotes(out.append(statement.text().substring(copied)).toString(), dots);
  }

  /** The text quoted part by part. */
  public String text() {
    return text;
  }

  /** Where a place in {@link #text()} is in the statement as written. */
  public Position written(Position place) {
    int column = place.column();
    for (Position dot : dots) {
      if (dot.line() == place.line() && dot.column() < column) {
        column = Math.max(dot.column(), column - ADDED);
      }
    }
    return new Position(place.line(), column);
  }
}
