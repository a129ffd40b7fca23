package io.deltaferry.extractor;

import io.deltaferry.gcp.SecretVersions;
import io.deltaferry.message.ExtractRequest;
import io.deltaferry.message.RunOptions;
import io.deltaferry.plan.RunPlan;
import io.deltaferry.plan.TableState;
import io.deltaferry.postgres.CatalogReader;
import io.deltaferry.postgres.PostgresSession;
import io.deltaferry.postgres.PostgresSource;
import io.deltaferry.postgres.TableEstimate;
import io.deltaferry.run.ControlStore;
import io.deltaferry.run.KnownRun;
import io.deltaferry.run.RunId;
import io.deltaferry.run.Warehouse;
import io.deltaferry.sql.DeltaSource;
import io.deltaferry.sql.PgTable;
import io.deltaferry.table.TableConfig;
import io.deltaferry.table.TableFile;
import io.deltaferry.table.WarehouseTable;
import io.deltaferry.type.HashKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the next run of a table would be, decided as the service decides it, for whoever only wants
 * to see it. Writes nothing anywhere.
 */
public final class RunPreview {
  private static final String REQUEST = "preview";
  private static final Duration CATALOG_TIMEOUT = Duration.ofSeconds(60);
  private static final long PAGE = 8192;

  private final PostgresSource database;
  private final Progress progress;
  private final ControlStore control;
  private final PlanRun plans;
  private final Clock clock;
  private final TableFile tables;

  /** Connects to nothing yet. */
  public RunPreview(TableFile file, Warehouse warehouse, ControlStore control, Clock clock) {
    HashKey hashKey = ExtractorWiring.hashKey(file);
    this.tables = hashKey == null ? file : file.keyed(hashKey.id());
    this.database =
        new PostgresSource(
            tables.source(), SecretVersions.resolve(tables.source().password()), hashKey);
    this.progress = new Progress(warehouse);
    this.control = control;
    this.plans = new PlanRun(tables.target(), progress, control, clock);
    this.clock = clock;
  }

  /**
   * A run that is not begun.
   *
   * @param target as it is now; null when there is none
   * @param state of the target, or null
   * @param bytes that its rows have in the database, about; null when nobody knows
   * @param live the run that is at work on the table now, or null
   */
  public record Seen(
      RunPlan plan,
      @Nullable WarehouseTable target,
      @Nullable TableState state,
      @Nullable Long bytes,
      @Nullable RunId live) {}

  /**
   * The next run of a table.
   *
   * @throws io.deltaferry.error.DeltaferryException as the service's run would end
   */
  public Seen of(String name) {
    TableConfig table = tables.requiredTable(name);
    Instant now = clock.instant();
    ExtractRequest asked =
        Asked.resolved(new ExtractRequest(name, null, REQUEST, RunOptions.NONE), table, now);
    List<KnownRun> runs = KnownRun.of(control, name);
    RunId next = new RunId(name, runs.isEmpty() ? 1 : runs.get(0).id().seq() + 1);
    Turn.Start start = plans.numbered(new Turn.Start(next, null, null));
    try (PostgresSession session = database.open(CATALOG_TIMEOUT).readOnly()) {
      RunPlan plan =
          plans.plan(
              table,
              start,
              new PlanRun.Request(asked, REQUEST, now),
              new DatabasePlanning(table, session));
      return new Seen(
          plan,
          progress.target(plan.target()).orElse(null),
          progress.state(plan.stateTable()).orElse(null),
          bytes(plan, session),
          runs.stream().filter(run -> !run.ended()).map(KnownRun::id).findFirst().orElse(null));
    }
  }

  /** The share of the table that the rows are, of what the table has on disk. */
  private static @Nullable Long bytes(RunPlan plan, PostgresSession session) {
    DeltaSource source = plan.source().deltaSource();
    Long rows = plan.estimatedRows();
    if (rows == null || !(source instanceof PgTable table)) {
      return null;
    }
    TableEstimate all = new CatalogReader(session).estimate(table);
    return Optional.of(all)
        .filter(estimate -> estimate.known() && estimate.rows() > 0)
        .map(estimate -> Math.round((double) estimate.pages() * PAGE / estimate.rows() * rows))
        .orElse(null);
  }
}
