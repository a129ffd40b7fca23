package io.deltaferry.testing;

import io.deltaferry.bound.Activity;
import io.deltaferry.bound.Look;
import io.deltaferry.plan.BoundHistory;
import io.deltaferry.plan.RunBound;
import io.deltaferry.plan.Watermark;
import io.deltaferry.postgres.ConfiguredTable;
import io.deltaferry.postgres.PostgresSession;
import io.deltaferry.postgres.PostgresSource;
import io.deltaferry.sql.Cursor;
import io.deltaferry.sql.PgTable;
import io.deltaferry.table.TableCatalog;
import io.deltaferry.table.TableConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A table's sync, reduced to what its watermark decides: which ids have been read by all runs so
 * far. A rule is switched off by what is made of the activity or of the bound before it counts.
 */
public final class SmallSync {
  private final PostgresSource source;
  private final TableConfig table;
  private final Set<String> read = new TreeSet<>();
  private UnaryOperator<Activity> activity = UnaryOperator.identity();
  private UnaryOperator<RunBound> bound = UnaryOperator.identity();
  private @Nullable Activity replayed;
  private boolean snapshotFirst;
  private BoundHistory history = BoundHistory.NONE;
  private @Nullable String low;

  /**
   * A sync that has read nothing.
   *
   * @param settings of the table file, such as {@code cursor: id}, one a line
   */
  public SmallSync(PostgresSource source, String tableName, String... settings) {
    this.source = source;
    this.table =
        TableCatalog.read(
                """
                source: {url: "postgresql://me@db/d"}
                target: {project: my-project, dataset: shop}
                bucket: my-bucket
                tables:
                  t:
                    source: public.%s
                    clock_margin: 0s
                    id_lateness: 0
                    %s
                """
                    .formatted(tableName, String.join("\n    ", settings)),
                Map.of())
            .requiredTable("t");
  }

  /** What the activity is taken for. */
  public SmallSync seeing(UnaryOperator<Activity> what) {
    activity = what;
    return this;
  }

  /** An activity that was read before, or null for one of the run's own. */
  public SmallSync replaying(@Nullable Activity earlier) {
    replayed = earlier;
    return this;
  }

  /** What the bound is taken for. */
  public SmallSync bounding(UnaryOperator<RunBound> what) {
    bound = what;
    return this;
  }

  /** Reads the activity after the snapshot, which is the wrong way round. */
  public SmallSync snapshotFirst() {
    snapshotFirst = true;
    return this;
  }

  /** A run; answers its bound. */
  public RunBound run() {
    return run(() -> {});
  }

  /** A run, with something that happens between the activity and the snapshot. */
  public RunBound run(Runnable between) {
    try (PostgresSession planning = source.open(Duration.ofSeconds(30));
        PostgresSession extracting = source.open(Duration.ofSeconds(30))) {
      if (snapshotFirst) {
        extracting.beginSnapshot(PgTable.of("public", name()));
        between.run();
      }
      Watermark planned = plan(planning);
      if (!snapshotFirst) {
        between.run();
        extracting.beginSnapshot(PgTable.of("public", name()));
      }
      extract(extracting, planned);
      return planned.bound();
    }
  }

  /** The ids that have been read so far. */
  public Set<String> ids() {
    return read;
  }

  private String name() {
    return table.source().toString().replaceFirst("^public\\.", "");
  }

  private Watermark plan(PostgresSession session) {
    ConfiguredTable configured = new ConfiguredTable(table, session);
    Cursor cursor = configured.cursor(configured.schema());
    Look look = configured.look(cursor);
    Activity shown = activity.apply(replayed == null ? look.activity() : replayed);
    RunBound known =
        bound.apply(RunBound.of(new Look(look.cursor(), shown), table.bound(), history));
    return new Watermark(
        cursor.kind(),
        known,
        shown.shown(),
        table.lateness(),
        table.bound().idLateness(),
        table.bound().strict());
  }

  private void extract(PostgresSession session, Watermark planned) {
    String cursor = table.requiredCursor();
    String where = low == null ? "" : "WHERE " + cursor + " >= " + planned.kind().literal(low);
    List<@Nullable String> row =
        session.row(
            """
            SELECT (array_agg(%1$s ORDER BY %1$s DESC))[1]::text, string_agg(id::text, ' ')
            FROM public.%2$s %3$s"""
                .formatted(cursor, name(), where),
            "reading");
    String ids = row.get(1);
    if (ids != null) {
      read.addAll(List.of(ids.split(" ")));
    }
    low = planned.next(row.get(0), low);
    history = planned.bound().history();
  }
}
