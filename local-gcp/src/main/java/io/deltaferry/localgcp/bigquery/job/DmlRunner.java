package io.deltaferry.localgcp.bigquery.job;

import io.deltaferry.localgcp.bigquery.catalog.Catalog;
import io.deltaferry.localgcp.bigquery.catalog.TableEntry;
import io.deltaferry.localgcp.bigquery.catalog.TableId;
import io.deltaferry.localgcp.bigquery.sql.Binding;
import io.deltaferry.localgcp.bigquery.sql.StatementKind;
import io.deltaferry.localgcp.bigquery.sql.Translation;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs a DML statement in the session's transaction and counts its rows. */
final class DmlRunner {
  private final Catalog catalog;
  private final QuerySession query;

  DmlRunner(Catalog catalog, QuerySession query) {
    this.catalog = catalog;
    this.query = query;
  }

  DmlCounts run(Translation dml, TableId target) throws SQLException {
    TableEntry table = catalog.table(query.session(), target);
    if (table.view()) {
      throw JobFailure.invalidQuery("DML is not supported on the view " + target);
    }
    DmlCounts counts =
        dml.kind() == StatementKind.MERGE ? merge(dml) : DmlCounts.of(dml.kind(), statements(dml));
    catalog.touch(query.session(), table);
    return counts;
  }

  private long statements(Translation dml) throws SQLException {
    long rows = 0;
    List<Binding> bindings = dml.bindings();
    for (String text : dml.statements()) {
      rows += query.update(text, bindings);
      bindings = List.of();
    }
    return rows;
  }

  /** DuckDB's MERGE says what it did to each row; nothing else tells inserts from updates. */
  private DmlCounts merge(Translation dml) throws SQLException {
    Map<String, Long> actions = new HashMap<>();
    query.forEach(
        row -> actions.merge(row.getString(1), 1L, Long::sum),
        dml.sql().orElseThrow() + " RETURNING merge_action",
        dml.bindings());
    return new DmlCounts(
        actions.getOrDefault("INSERT", 0L),
        actions.getOrDefault("UPDATE", 0L),
        actions.getOrDefault("DELETE", 0L));
  }
}
