package io.deltaferry.localgcp.bigquery.sql.translate;

import io.deltaferry.localgcp.bigquery.sql.CatalogTable;
import io.deltaferry.localgcp.bigquery.sql.syntax.Position;
import io.deltaferry.localgcp.bigquery.sql.syntax.Script;
import io.deltaferry.localgcp.bigquery.sql.syntax.Statement;
import java.util.List;
import java.util.Optional;

/**
 * Views whose query is written anew where DuckDB would answer as on the day they were made: over a
 * wildcard table, which is another set of tables each time, and over tables whose columns have
 * other types by now, or are more.
 */
final class ViewOfToday {
  private final Session session;

  ViewOfToday(Session session) {
    this.session = session;
  }

  /** The view's query; empty where DuckDB's own view is the same, and for a table. */
  Optional<Queries.Result> read(CatalogTable view, Position position) {
    String query = view.query();
    if (query == null) {
      return Optional.empty();
    }
    String dataset = view.name().dataset();
    if (query.contains("*`")) {
      if (session.isLasting()) {
        throw position.unsupported("a view over a view of a wildcard table");
      }
      return Optional.of(write(query, session.within(dataset)));
    }
    boolean same =
        session.isLasting()
            || !isOutdated(Sources.columns(view), write(query, session.aside(dataset)).columns());
    return same ? Optional.empty() : Optional.of(write(query, session.within(dataset)));
  }

  private static Queries.Result write(String query, Session within) {
    Statement statement = Script.parse(Script.split(query).get(0));
    return new Queries(within).write(((Statement.Select) statement).query(), null);
  }

  /** A view that names its columns itself keeps them. */
  private static boolean isOutdated(List<Relation.Column> then, List<Relation.Column> now) {
    boolean named = now.size() < then.size();
    boolean changed = now.size() > then.size();
    for (int i = 0; i < Math.min(then.size(), now.size()); i++) {
      named = named || !then.get(i).name().equalsIgnoreCase(now.get(i).name());
      changed = changed || !then.get(i).type().equals(Types.plain(now.get(i).type()));
    }
    return changed && !named;
  }
}
