package io.deltaferry.localgcp.bigquery.sql.gate;

import com.google.zetasql.SqlException;
import io.deltaferry.localgcp.bigquery.sql.SqlStatement;
import io.deltaferry.localgcp.bigquery.sql.syntax.PathQuotes;
import io.deltaferry.localgcp.bigquery.sql.syntax.Position;
import io.deltaferry.localgcp.http.GoogleError;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The analyzer's messages as BigQuery gives them: the place in the script, in brackets. */
final class GateMessages {
  private static final Pattern PLACE = Pattern.compile("\\[at (\\d+):(\\d+)\\]");

  private GateMessages() {}

  /** Throws unless the refusal is one the translator words better. */
  static void refuse(SqlException error, SqlStatement statement, PathQuotes quotes) {
    String message = String.valueOf(error.getMessage()).replaceFirst("^[A-Z_]+: ", "");
    if (message.startsWith("Table not found") || message.contains("not found in catalog")) {
      return;
    }
    throw new GoogleError(400, "invalidQuery", placed(message, statement, quotes));
  }

  static String placed(String message, SqlStatement statement, PathQuotes quotes) {
    Matcher places = PLACE.matcher(message);
    return places.replaceAll(
        found -> {
          Position place =
              quotes.written(
                  new Position(Integer.parseInt(found.group(1)), Integer.parseInt(found.group(2))));
          int line = place.line();
          int column = place.column();
          int inScript = line == 1 ? column + statement.column() - 1 : column;
          return "at [" + (line + statement.line() - 1) + ":" + inScript + "]";
        });
  }
}
