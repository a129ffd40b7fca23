package io.deltaferry.localgcp.bigquery.sql.translate;

import io.deltaferry.localgcp.bigquery.sql.Definition;
import io.deltaferry.localgcp.bigquery.sql.Definition.Partitioning;
import io.deltaferry.localgcp.bigquery.sql.syntax.Expr;
import io.deltaferry.localgcp.bigquery.sql.syntax.Position;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads PARTITION BY and CLUSTER BY. */
final class Partitions {
  private static final Set<String> TRUNCATIONS =
      Set.of("DATE_TRUNC", "DATETIME_TRUNC", "TIMESTAMP_TRUNC");
  private static final Set<String> GRANULARITIES = Set.of("HOUR", "DAY", "MONTH", "YEAR");

  private Partitions() {}

  static @Nullable Partitioning of(@Nullable Expr expression, Position position) {
    if (expression == null) {
      return null;
    }
    if (expression instanceof Expr.Path path && path.names().size() == 1) {
      String name = path.names().get(0);
      boolean ingestion = name.equalsIgnoreCase("_PARTITIONDATE");
      return new Definition.Partitioning(ingestion ? null : name, "DAY", null);
    }
    if (expression instanceof Expr.Call call
        && !call.arguments().isEmpty()
        && call.arguments().get(0) instanceof Expr.Path path) {
      return of(call, path.names().get(0), position);
    }
    throw invalid(position);
  }

  private static Definition.Partitioning of(Expr.Call call, String column, Position position) {
    if (call.name().equals("DATE") && call.arguments().size() == 1) {
      boolean ingestion = column.equalsIgnoreCase("_PARTITIONTIME");
      return new Definition.Partitioning(ingestion ? null : column, "DAY", null);
    }
    if (TRUNCATIONS.contains(call.name())
        && call.arguments().size() == 2
        && call.arguments().get(1) instanceof Expr.Path part) {
      String granularity = part.names().get(0).toUpperCase(Locale.ROOT);
      if (GRANULARITIES.contains(granularity)) {
        boolean ingestion = column.equalsIgnoreCase("_PARTITIONTIME");
        return new Definition.Partitioning(ingestion ? null : column, granularity, null);
      }
    }
    if (call.name().equals("RANGE_BUCKET")
        && call.arguments().size() == 2
        && call.arguments().get(1) instanceof Expr.Call array
        && array.name().equals("GENERATE_ARRAY")) {
      List<Long> numbers = array.arguments().stream().map(a -> number(a, position)).toList();
      if (numbers.size() >= 2) {
        long step = numbers.size() > 2 ? numbers.get(2) : 1;
        return new Definition.Partitioning(
            column,
            "RANGE",
            new Definition.Partitioning.Range(numbers.get(0), numbers.get(1), step));
      }
    }
    throw invalid(position);
  }

  private static long number(Expr expression, Position position) {
    if (expression instanceof Expr.Literal literal && literal.type() == Expr.LiteralType.INT64) {
      return Literals.int64(literal);
    }
    throw invalid(position);
  }

  private static io.deltaferry.localgcp.http.GoogleError invalid(Position position) {
    return position.refuse(
        "PARTITION BY expression must be DATE(<timestamp_column>), DATE(<datetime_column>),"
            + " DATETIME_TRUNC(<datetime_column>, DAY/HOUR/MONTH/YEAR), a DATE column,"
            + " TIMESTAMP_TRUNC(<timestamp_column>, DAY/HOUR/MONTH/YEAR), DATE_TRUNC(<date_column>,"
            + " MONTH/YEAR), or RANGE_BUCKET(<int64_column>, GENERATE_ARRAY(<int64_value>,"
            + " <int64_value>[, <int64_value>]))");
  }

  static List<String> clustering(List<Expr> expressions, Position position) {
    return expressions.stream()
        .map(
            expression -> {
              if (expression instanceof Expr.Path path && path.names().size() == 1) {
                return path.names().get(0);
              }
              throw position.refuse("Entries in the CLUSTER BY clause must be column names");
            })
        .toList();
  }
}
