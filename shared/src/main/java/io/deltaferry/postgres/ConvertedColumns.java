package io.deltaferry.postgres;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.sql.DeltaSource;
import io.deltaferry.sql.PgIdentifier;
import io.deltaferry.sql.PgQuery;
import io.deltaferry.table.Column;
import io.deltaferry.table.TableSchema;
import io.deltaferry.type.ColumnSettings;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Asks the server what the expressions are that take the place of columns; it reads no row. */
final class ConvertedColumns {
  private static final Set<ErrorCode> OF_THE_EXPRESSION =
      EnumSet.of(ErrorCode.SOURCE_QUERY_FAILED, ErrorCode.COLUMN_MISSING, ErrorCode.SOURCE_MISSING);

  private final PostgresSession session;
  private final DeltaSource source;

  ConvertedColumns(PostgresSession session, DeltaSource source) {
    this.session = session;
    this.source = source;
  }

  /**
   * The structure with the types of these expressions; its fingerprint stays that of the source.
   *
   * @throws DeltaferryException CONVERT_INVALID naming every column whose expression the server
   *     refuses, with what it says
   */
  TableSchema in(TableSchema schema, Map<String, ColumnSettings> settings) {
    List<Column> columns = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (Column column : schema.columns()) {
      String convert = settings.getOrDefault(column.name(), ColumnSettings.NONE).convert();
      try {
        columns.add(convert == null ? column : converted(column.name(), convert));
      } catch (SQLException e) {
        DeltaferryException failure =
            SourceFailures.translate(e, "asking for the type of a `convert`");
        if (!OF_THE_EXPRESSION.contains(failure.code())) {
          throw failure;
        }
        problems.add("column \"%s\": %s".formatted(column.name(), SourceFailures.said(e)));
      }
    }
    if (!problems.isEmpty()) {
      throw new DeltaferryException(
          ErrorCode.CONVERT_INVALID,
          "the database refuses what `convert` says over %s; it is an SQL expression on one row: "
                  .formatted(source.describe())
              + String.join("; ", problems));
    }
    return new TableSchema(columns, schema.key(), schema.fingerprint());
  }

  /**
   * The expression stands in WHERE as well, where PostgreSQL takes neither aggregates nor window
   * functions, nor functions that return several rows:
   *
   * <pre>
   * SELECT (expression) AS "column" FROM source WHERE (expression) IS NULL
   * </pre>
   */
  private Column converted(String name, String convert) throws SQLException {
    String text =
        """
        SELECT (
        %1$s
        ) AS %2$s FROM %3$s WHERE (
        %1$s
        ) IS NULL"""
            .formatted(convert, PgIdentifier.quote(name), source.fromItem());
    return new QueryColumns(session).read(new PgQuery(text)).get(0);
  }
}
