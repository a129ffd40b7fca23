package io.deltaferry.cli.backfill;

import io.deltaferry.gcp.BigQueryWarehouse;
import io.deltaferry.gcp.GoogleClients;
import io.deltaferry.gcp.SecretVersions;
import io.deltaferry.message.RunOptions;
import io.deltaferry.plan.BackfillScope;
import io.deltaferry.plan.History;
import io.deltaferry.postgres.ConfiguredTable;
import io.deltaferry.postgres.DayReader;
import io.deltaferry.postgres.PostgresSession;
import io.deltaferry.postgres.PostgresSource;
import io.deltaferry.run.Warehouse;
import io.deltaferry.sql.DayRows;
import io.deltaferry.sql.DeltaQuery;
import io.deltaferry.table.TableConfig;
import io.deltaferry.table.TableFile;
import io.deltaferry.table.TableRef;
import io.deltaferry.table.TableSchema;
import io.deltaferry.table.TargetConfig;
import java.time.Duration;
import java.util.List;

/** What a backfill would read, as the first run of one finds it. */
public final class ListPeriods {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final TableFile tables;
  private final Warehouse warehouse;

  /** With clients of the table file's project. */
  public ListPeriods(TableFile tables, GoogleClients clients) {
    this.tables = tables;
    TargetConfig target = tables.target();
    this.warehouse =
        new BigQueryWarehouse(clients.bigQuery(), target.project(), target.location(), PATIENCE);
  }

  /**
   * The periods that are not finished, in the order in which they would be read.
   *
   * @throws io.deltaferry.error.DeltaferryException SOURCE_*, WAREHOUSE_*, CURSOR_INVALID
   */
  public List<History.Period> open(TableConfig table, RunOptions options) {
    PostgresSource source =
        new PostgresSource(tables.source(), SecretVersions.resolve(tables.source().password()));
    try (PostgresSession session = source.open(PATIENCE)) {
      ConfiguredTable there = new ConfiguredTable(table, session);
      TableSchema schema = there.schema();
      BackfillScope scope = BackfillScope.of(table, schema, options);
      DeltaQuery rows =
          new DeltaQuery(
              there.source(),
              there.columns(schema, schema.key()),
              scope.column(),
              scope.window(),
              table.filter());
      List<DayRows> here = new DayReader(session).days(rows, scope.newest());
      return scope.history(here, target(table, scope)).open(scope.order());
    }
  }

  private List<DayRows> target(TableConfig table, BackfillScope scope) {
    TableRef target =
        new TableRef(tables.target().project(), table.target().dataset(), table.target().table());
    return warehouse
        .describe(target)
        .map(known -> scope.target(warehouse, known, table))
        .orElse(List.of());
  }
}
