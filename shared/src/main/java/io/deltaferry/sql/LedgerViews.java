package io.deltaferry.sql;

import com.google.common.hash.Hashing;
import io.deltaferry.table.TableRef;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * The views over the ledger, which people and dashboards read.
 *
 * <pre>
 * sync_report    a row for each run of the last 45 days, and for each request that has none
 * sync_tables    a row for each table: how fresh it is, and how its newest runs ended
 * sync_control   a row for each table and day on which it was synced
 * sync_backfill  a row for each table and period of its history that a backfill has merged
 * sync_state     the one row of each table's state, side by side
 * </pre>
 *
 * <p>A merged run is known from sync_runs, which its own transaction wrote; everything else from
 * sync_events, where each event counts once however often it stands there.
 *
 * @param project of the control dataset
 */
public record LedgerViews(String project, String dataset) {
  /** The label of a view that tells of which text it is. */
  public static final String DEFINITION = "definition";

  private static final int LABEL_DIGITS = 12;

  /**
   * A view.
   *
   * @param query GoogleSQL
   */
  public record View(TableRef ref, String query, String description) {}

  /** Makes the view, in the place of an older one. */
  public Statement create(View view) {
    return new CreateView(
            view.ref(),
            view.query(),
            view.description(),
            Map.of(SchemaDrift.MANAGED_BY, SchemaDrift.DELTAFERRY, DEFINITION, definition()))
        .statement();
  }

  /** Of all views together: changes with any of their texts, and fits into a label. */
  public String definition() {
    StringBuilder all = new StringBuilder(ofStates().toString());
    ofRuns().forEach(all::append);
    return Hashing.sha256()
        .hashString(all, StandardCharsets.UTF_8)
        .toString()
        .substring(0, LABEL_DIGITS);
  }

  /** Those that need no state, in the order in which they use each other. */
  public List<View> ofRuns() {
    return List.of(report(), tables(), control(), backfill());
  }

  /** The view over all states; it can be made once there is one. */
  public View ofStates() {
    return view(
        "sync_state",
        "Deltaferry: how far each table has come",
        """
        SELECT _TABLE_SUFFIX AS table_name, %s
        FROM %s
        WHERE seq > 0"""
            .formatted(
                String.join(", ", LedgerTables.stateColumns()),
                path(new TableRef(project, dataset, LedgerTables.STATE_PREFIX + "*"))));
  }

  private View report() {
    return view(
        "sync_report",
        "Deltaferry: each run of the last 45 days, and each request that has none",
        ReportQuery.of(path(EventsTable.ref(project, dataset)), path(runs())));
  }

  /** Superseded runs neither succeeded nor failed; whoever superseded them tells how it stands. */
  private View tables() {
    return view(
        "sync_tables",
        "Deltaferry: how fresh each table is, and how its newest runs ended",
        """
        WITH report AS (
          SELECT *
          FROM %s
        ),
        good AS (
          SELECT
            table_name,
            MAX(run) AS run,
            MAX(fresh_as_of) AS fresh_as_of,
            MAX(ended_at) AS ended_at
          FROM report
          WHERE run IS NOT NULL AND state = 'completed'
          GROUP BY table_name
        ),
        failed AS (
          SELECT r.table_name, COUNT(*) AS failures, MAX(r.run) AS run
          FROM report AS r
          LEFT JOIN good AS g ON g.table_name = r.table_name
          WHERE r.outcome = 'failed' AND r.run > COALESCE(g.run, 0)
          GROUP BY r.table_name
        ),
        newest AS (
          SELECT *
          FROM report
          WHERE run IS NOT NULL
          QUALIFY ROW_NUMBER() OVER (PARTITION BY table_name ORDER BY run DESC) = 1
        ),
        waiting AS (
          SELECT table_name, COUNT(*) AS requests
          FROM report
          WHERE run IS NULL AND state = 'pending'
          GROUP BY table_name
        )
        SELECT
          n.table_name,
          n.run,
          n.state,
          n.outcome,
          n.stage,
          n.progress,
          n.seconds_left,
          COALESCE(w.requests, 0) AS waiting_requests,
          g.run AS last_good_run,
          g.ended_at AS last_success,
          g.fresh_as_of,
          GREATEST(TIMESTAMP_DIFF(CURRENT_TIMESTAMP(), g.fresh_as_of, SECOND), 0) AS lag_seconds,
          COALESCE(f.failures, 0) AS consecutive_failures,
          e.run AS last_failed_run,
          e.error_code,
          e.error
        FROM newest AS n
        LEFT JOIN good AS g ON g.table_name = n.table_name
        LEFT JOIN failed AS f ON f.table_name = n.table_name
        LEFT JOIN report AS e ON e.table_name = f.table_name AND e.run = f.run
        LEFT JOIN waiting AS w ON w.table_name = n.table_name"""
            .formatted(path(named("sync_report"))));
  }

  private View control() {
    return view(
        "sync_control",
        "Deltaferry: the runs of each table by day",
        """
        SELECT
          table_name,
          DATE(started_at) AS day,
          COUNT(*) AS runs,
          COUNTIF(outcome = 'completed') AS completed,
          COUNTIF(outcome = 'empty') AS empty,
          COUNTIF(outcome = 'failed') AS failed,
          COUNTIF(outcome = 'superseded') AS superseded,
          COUNTIF(outcome IS NULL) AS unfinished,
          SUM(rows_merged) AS rows_merged,
          SUM(elapsed_seconds) AS seconds,
          MAX(elapsed_seconds) AS longest_seconds,
          SUM(retries) AS retries
        FROM %s
        WHERE run IS NOT NULL
        GROUP BY table_name, day"""
            .formatted(path(named("sync_report"))));
  }

  /**
   * What was merged under an older definition proves nothing about the present one. Low watermarks
   * of backfills begin with their first day.
   */
  private View backfill() {
    return view(
        "sync_backfill",
        "Deltaferry: the periods of each table's history that backfills have merged",
        """
        WITH newest AS (
          SELECT table_name, definition_hash
          FROM %1$s
          QUALIFY ROW_NUMBER() OVER (PARTITION BY table_name ORDER BY seq DESC) = 1
        ),
        periods AS (
          SELECT
            *,
            COUNT(*) OVER (PARTITION BY table_name, low, until) AS runs,
            ROW_NUMBER() OVER (PARTITION BY table_name, low, until ORDER BY seq DESC) AS place
          FROM %1$s
          WHERE mode = 'backfill'
        )
        SELECT
          p.table_name,
          SAFE_CAST(SUBSTR(p.low, 1, 10) AS DATE) AS day,
          p.low AS period_from,
          p.until AS period_until,
          p.definition_hash = n.definition_hash AS finished,
          p.rows_extracted AS row_count,
          p.high AS newest,
          p.runs,
          p.seq AS run,
          p.extract_started AS read_at,
          p.merged_at AS synced_at,
          p.periods_left
        FROM periods AS p
        JOIN newest AS n ON n.table_name = p.table_name
        WHERE p.place = 1"""
            .formatted(path(runs())));
  }

  private View view(String name, String description, String query) {
    return new View(named(name), query, description);
  }

  private TableRef runs() {
    return named("sync_runs");
  }

  private TableRef named(String name) {
    return new TableRef(project, dataset, name);
  }

  private static String path(TableRef table) {
    return BqIdentifier.of(table.project(), table.dataset(), table.table()).sql();
  }
}
