package io.deltaferry.localgcp.bigquery.job;

import io.deltaferry.localgcp.bigquery.catalog.Session;
import io.deltaferry.localgcp.bigquery.sql.Binding;
import io.deltaferry.localgcp.bigquery.sql.SqlContext;
import io.deltaferry.localgcp.bigquery.sql.SqlStatement;
import io.deltaferry.localgcp.bigquery.sql.Translation;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the statements of one query share: session, parameters, and the rows counted last. */
final class QuerySession {
  private final SqlFrontEnd sql;
  private final SqlContext context;
  private final QueryParameters parameters;
  private final Session session;
  private int positionalUsed;
  private long rowCount;

  QuerySession(SqlFrontEnd sql, SqlContext context, QueryParameters parameters, Session session) {
    this.sql = sql;
    this.context = context;
    this.parameters = parameters;
    this.session = session;
  }

  Session session() {
    return session;
  }

  /** What {@code @@row_count} says from now on. */
  void counted(long rows) {
    rowCount = rows;
  }

  /** The next statement for DuckDB, given the tables as they are now. */
  Translation translate(SqlStatement statement) {
    Translation translation = sql.translate(statement, context, positionalUsed);
    for (Binding binding : translation.bindings()) {
      if (binding instanceof Binding.Positional positional) {
        positionalUsed = Math.max(positionalUsed, positional.index() + 1);
      }
    }
    return translation;
  }

  /** Runs a text that returns no rows; how many it changed. */
  long update(String text, List<Binding> bindings) throws SQLException {
    return session.update(text, values(bindings));
  }

  /** Reads the rows of a text. */
  <T> List<T> query(Session.RowReader<T> reader, String text, List<Binding> bindings)
      throws SQLException {
    return session.query(reader, text, values(bindings));
  }

  /** Reads the rows of a text and keeps none. */
  void forEach(Session.RowReader<?> reader, String text, List<Binding> bindings)
      throws SQLException {
    session.forEach(reader, text, values(bindings));
  }

  private @Nullable Object[] values(List<Binding> bindings) {
    return bindings.stream().map(binding -> parameters.value(binding, rowCount)).toArray();
  }
}
