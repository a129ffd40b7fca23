package io.deltaferry.cli.status;

import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.Table;
import com.google.cloud.bigquery.TableId;
import io.deltaferry.gcp.BigQueryWarehouse;
import io.deltaferry.gcp.GoogleClients;
import io.deltaferry.gcp.StorageControlStore;
import io.deltaferry.plan.RunPlan;
import io.deltaferry.run.ControlStore;
import io.deltaferry.run.EndOfRun;
import io.deltaferry.run.KnownRun;
import io.deltaferry.run.ObjectNames;
import io.deltaferry.run.RunJson;
import io.deltaferry.run.Warehouse;
import io.deltaferry.sql.EventsTable;
import io.deltaferry.sql.LedgerTables;
import io.deltaferry.table.TableConfig;
import io.deltaferry.table.TableFile;
import io.deltaferry.table.TableRef;
import io.deltaferry.table.WarehouseTable;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Reads where tables stand: runs from the bucket, rows and watermarks from BigQuery. */
public final class ReadStatus {
  private static final int AT_ONCE = 8;
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final TableFile tables;
  private final ControlStore control;
  private final BigQuery bigQuery;
  private final Warehouse warehouse;
  private final Clock clock;

  public ReadStatus(GoogleClients clients, TableFile tables, Clock clock) {
    this.tables = tables;
    this.control =
        new RememberedObjects(new StorageControlStore(clients.storage(), tables.bucket()));
    this.bigQuery = clients.bigQuery();
    this.warehouse =
        new BigQueryWarehouse(
            bigQuery, tables.target().project(), tables.target().location(), PATIENCE);
    this.clock = clock;
  }

  /**
   * All tables, in the file's order.
   *
   * @throws io.deltaferry.error.DeltaferryException when the bucket or BigQuery does not answer
   */
  public List<TableStatus> all() throws InterruptedException {
    Optional<WarehouseTable> runs = warehouse.describe(runs());
    Map<String, LastMerged> merged = runs.map(this::lastMerged).orElse(Map.of());
    Map<String, LastTasks> tasks = runs.map(this::lastTasks).orElse(Map.of());
    LedgerNews news = news();
    List<Callable<TableStatus>> reads = new ArrayList<>();
    for (TableConfig table : tables.tables()) {
      LastTasks own = tasks.getOrDefault(table.name(), LastTasks.NONE);
      reads.add(() -> of(table, merged.get(table.name()), own, news));
    }
    ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<TableStatus> all = new ArrayList<>();
      for (Future<TableStatus> read : pool.invokeAll(reads)) {
        all.add(read.get());
      }
      return all;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException("a table's status cannot be read", e);
    } finally {
      pool.shutdownNow();
    }
  }

  private TableStatus of(
      TableConfig table, @Nullable LastMerged merged, LastTasks tasks, LedgerNews news) {
    RunHistory history = RunHistory.read(control, table.name());
    Optional<KnownRun> newest = history.newest();
    Optional<RunPlan> good = history.ends().lastGood().flatMap(this::plan);
    return new TableStatus(
        table.name(),
        history.state(clock.instant(), table.runExpiry()),
        newest.map(run -> run.id().seq()).orElse(null),
        newest.map(KnownRun::newest).orElse(null),
        history.ends().last().orElse(null),
        history.ends().failure().orElse(null),
        history.ends().failures(),
        newest
            .filter(run -> !run.ended())
            .map(run -> LiveRun.read(control, run.id(), news))
            .orElse(null),
        rows(table),
        good.map(RunPlan::clock).orElse(merged == null ? null : merged.started()),
        watermark(table),
        table.maxLag(),
        good.map(RunPlan::quarantined).orElse(List.of()),
        merged,
        tasks);
  }

  private Optional<RunPlan> plan(EndOfRun end) {
    String name = ObjectNames.plan(end.run());
    return control.read(name).map(content -> RunJson.read(name, content, RunPlan.class));
  }

  private @Nullable Long rows(TableConfig table) {
    Table target =
        bigQuery.getTable(
            TableId.of(
                tables.target().project(), table.target().dataset(), table.target().table()));
    BigInteger rows = target == null ? null : target.getNumRows();
    return rows == null ? null : rows.longValueExact();
  }

  private @Nullable String watermark(TableConfig table) {
    TableRef state =
        RunPlan.stateTable(
            tables.target().project(), tables.target().controlDataset(), table.name());
    return warehouse
        .describe(state)
        .flatMap(made -> warehouse.query(LedgerTables.readState(made)).stream().findFirst())
        .map(row -> row.get("next_low"))
        .orElse(null);
  }

  private LedgerNews news() {
    TableRef events = EventsTable.ref(tables.target().project(), tables.target().controlDataset());
    return warehouse.describe(events).isEmpty()
        ? LedgerNews.NONE
        : LedgerNews.of(warehouse.query(EventsTable.openRuns(events)));
  }

  private TableRef runs() {
    return RunPlan.runsTable(tables.target().project(), tables.target().controlDataset());
  }

  /** From the ledger, which remembers when a bucket's objects have expired. */
  private Map<String, LastMerged> lastMerged(WarehouseTable runs) {
    return LastMerged.of(warehouse.query(LedgerTables.lastMerged(runs.ref())));
  }

  private Map<String, LastTasks> lastTasks(WarehouseTable runs) {
    return LastTasks.of(warehouse.query(LedgerTables.lastTasks(runs)));
  }
}
