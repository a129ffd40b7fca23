package io.deltaferry.plan;

import io.deltaferry.sql.DeltaSource;
import io.deltaferry.sql.LogReading;
import io.deltaferry.sql.PgQuery;
import io.deltaferry.sql.PgTable;
import io.deltaferry.table.RowSource;
import io.deltaferry.table.SourceQuery;
import io.deltaferry.table.SourceTable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where the rows come from: either a table or a query.
 *
 * @param schema of the table, exactly as the catalog holds it
 * @param table exactly as the catalog holds it
 * @param query the SELECT of the table file
 * @param log what tells of its changes, where the run goes by that; or null
 */
public record PlannedSource(
    @Nullable String schema,
    @Nullable String table,
    @Nullable String query,
    @Nullable LogReading log) {
  public PlannedSource {
    if ((query == null) != (schema != null && table != null)) {
      throw new IllegalArgumentException("a source is a table or a query");
    }
  }

  public static PlannedSource of(RowSource source) {
    if (source instanceof SourceTable table) {
      return new PlannedSource(table.schema(), table.table(), null, null);
    }
    return new PlannedSource(null, null, ((SourceQuery) source).sql(), null);
  }

  /** The same rows, of whose changes a log tells. */
  public PlannedSource toldBy(@Nullable LogReading changes) {
    return new PlannedSource(schema, table, query, changes);
  }

  /** As the SQL generators take it. */
  public DeltaSource deltaSource() {
    return query == null
        ? PgTable.of(Objects.requireNonNull(schema), Objects.requireNonNull(table))
        : new PgQuery(query);
  }
}
