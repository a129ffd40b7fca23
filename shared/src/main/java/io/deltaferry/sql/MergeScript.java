package io.deltaferry.sql;

import io.deltaferry.table.SyncMode;
import io.deltaferry.table.TableLayout;
import io.deltaferry.table.TableRef;
import io.deltaferry.table.WarehouseTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The one script of a merge: fence, data and progress commit together (architecture rule 5).
 *
 * <pre>
 * BEGIN TRANSACTION
 * UPDATE state .. WHERE seq &lt; @seq      the fence: an older run finds nothing to update
 * ASSERT                                  one row was updated
 * ASSERT                                  the temp table holds the rows extracted
 * ASSERT                                  each key stands once in the delta
 * MERGE target USING temp ..              or what else the mode does with the rows
 * INSERT sync_runs (.., @@row_count)      the ledger's row, where the mode does not count before
 * ASSERT                                  rows merged = rows extracted
 * COMMIT TRANSACTION
 * </pre>
 *
 * <p>Each assertion's text begins with the error code that it means.
 */
public final class MergeScript {
  private MergeScript() {}

  /**
   * What a merge is about.
   *
   * @param layout of the target
   * @param sliced whether the rows come from several snapshots, and say from which
   * @param cursor the cursor column as the delta calls it, or null
   * @param deletion what becomes of rows that the source has lost; null in other modes
   */
  public record Shape(
      SyncMode mode,
      TableRef target,
      TableRef temp,
      TableRef state,
      TableRef runs,
      MergeColumns columns,
      TableLayout layout,
      boolean sliced,
      @Nullable String cursor,
      @Nullable Deletion deletion) {
    DataChange change() {
      return switch (mode) {
        case INCREMENTAL, WINDOW, BACKFILL -> new UpsertRows(this);
        case APPEND -> new InsertRows(this, false);
        case REPLACE -> new InsertRows(this, true);
        case TEST -> throw new IllegalStateException("a trial changes nothing");
        case RECONCILE -> new DeleteLostRows(this, Objects.requireNonNull(deletion));
        case CHANGE_LOG -> new ApplyChanges(this, Objects.requireNonNull(deletion));
      };
    }
  }

  /**
   * Renders the script.
   *
   * @param parameters must hold seq, next_low, definition_hash, policy_hash, delta_digest, high,
   *     bounds, filled_columns, lacks_rows, source_tables, target_created and the ledger's values,
   *     named after its columns
   */
  public static Statement of(Shape shape, Map<String, Statement.Value> parameters) {
    DataChange change = shape.change();
    List<String> statements = new ArrayList<>();
    statements.add("BEGIN TRANSACTION");
    statements.add(fence(shape));
    statements.add(
        "ASSERT @@row_count = 1 AS 'SUPERSEDED: the state is at this run or a newer one'");
    statements.addAll(change.checks());
    statements.addAll(change.statements());
    statements.add(ledger(shape, change.counts(), change.countedFrom()));
    statements.addAll(change.balances());
    statements.add("COMMIT TRANSACTION");
    return new Statement(String.join(";\n\n", statements) + ";\n", parameters);
  }

  /**
   * Fills a table that is to take the target's place, which the shape has as its target; again
   * where an earlier attempt filled it.
   *
   * @param parameters must hold rows_extracted
   */
  public static Statement fill(Shape shape, Map<String, Statement.Value> parameters) {
    InsertRows rows = new InsertRows(shape, true);
    List<String> statements = new ArrayList<>();
    statements.add("BEGIN TRANSACTION");
    statements.addAll(rows.checks());
    statements.addAll(rows.statements());
    statements.add(rows.counted());
    statements.add("COMMIT TRANSACTION");
    return new Statement(String.join(";\n\n", statements) + ";\n", parameters);
  }

  /**
   * Takes the state before the target is replaced: no older run merges from then on, and whoever
   * plans before {@link #replaced} reads everything, since nobody can say what the target holds.
   *
   * @param parameters must hold seq
   */
  public static Statement replacing(TableRef state, Map<String, Statement.Value> parameters) {
    String text =
        """
        UPDATE %s
        SET seq = @seq,
            next_low = NULL,
            definition_hash = NULL,
            delta_low = NULL,
            delta_digest = NULL,
            updated_at = CURRENT_TIMESTAMP()
        WHERE seq < @seq"""
            .formatted(path(state));
    return new Statement(text, parameters);
  }

  /**
   * Progress and ledger of a run whose rows have taken the target's place.
   *
   * @param shape its target is the table that was filled
   * @param parameters as of a merge
   */
  public static Statement replaced(Shape shape, Map<String, Statement.Value> parameters) {
    List<String> statements =
        List.of(
            "BEGIN TRANSACTION",
            progress(shape.state(), "WHERE seq = @seq AND definition_hash IS NULL"),
            "ASSERT @@row_count = 1 AS 'SUPERSEDED: the state is not at this run any more'",
            ledger(
                shape,
                Map.of(
                    "rows_merged",
                    "(SELECT COUNT(*) FROM "
                        + path(shape.target())
                        + EveryPartition.where(shape.layout())
                        + ")"),
                ""),
            "COMMIT TRANSACTION");
    return new Statement(String.join(";\n\n", statements) + ";\n", parameters);
  }

  /**
   * Lets the next run read everything: an older one has replaced the target after a newer one.
   *
   * @param parameters must hold seq, of the older run
   */
  public static Statement distrust(TableRef state, Map<String, Statement.Value> parameters) {
    return new Statement(
        "UPDATE %s SET next_low = NULL, definition_hash = NULL WHERE seq > @seq"
            .formatted(path(state)),
        parameters);
  }

  /** What a reconciliation would do, as one row of numbers. */
  public static Statement comparison(
      WarehouseTable target, TableRef temp, MergeColumns keys, Deletion deletion) {
    TableRef ref = target.ref();
    Shape shape =
        new Shape(
            SyncMode.RECONCILE, ref, temp, ref, ref, keys, target.layout(), false, null, deletion);
    return Statement.of(DeleteLostRows.comparison(shape, deletion));
  }

  /**
   * A run that says nothing of progress leaves it where it was. Rows of a period hide that others
   * are gone, so that a target which lacks some is read over next. Rows that a reconciliation has
   * marked are not what the newest delta brought.
   */
  private static String fence(Shape shape) {
    return switch (shape.mode()) {
      case INCREMENTAL, REPLACE, CHANGE_LOG -> progress(shape.state(), "WHERE seq < @seq");
      case WINDOW, BACKFILL ->
          passing(
              shape,
              "next_low = IF(@lacks_rows = 1, NULL, next_low),",
              "filled_columns = @filled_columns,");
      case RECONCILE -> passing(shape, "delta_digest = NULL,");
      case APPEND, TEST -> passing(shape);
    };
  }

  private static String passing(Shape shape, String... settings) {
    List<String> set = new ArrayList<>();
    set.add("SET seq = @seq,");
    set.addAll(List.of(settings));
    set.add("updated_at = CURRENT_TIMESTAMP()");
    return "UPDATE %s\n%s\nWHERE seq < @seq"
        .formatted(path(shape.state()), String.join("\n    ", set));
  }

  private static String progress(TableRef state, String where) {
    return """
        UPDATE %s
        SET seq = @seq,
            next_low = @next_low,
            definition_hash = @definition_hash,
            policy_hash = @policy_hash,
            delta_low = @low,
            delta_digest = @delta_digest,
            high = @high,
            bounds = @bounds,
            filled_columns = @filled_columns,
            source_tables = @source_tables,
            target_created = @target_created,
            updated_at = CURRENT_TIMESTAMP()
        %s"""
        .formatted(path(state), where);
  }

  /**
   * The run's row.
   *
   * @param counts what is counted here and now, by column; columns that only some modes count stand
   *     in the row only then
   * @param from of what it is counted, or empty
   */
  private static String ledger(Shape shape, Map<String, String> counts, String from) {
    List<String> names = LedgerTables.runColumns(counts.keySet());
    String values =
        names.stream()
            .map(
                name ->
                    counts.getOrDefault(
                        name, name.equals("merged_at") ? "CURRENT_TIMESTAMP()" : "@" + name))
            .collect(Collectors.joining(", "));
    return "INSERT INTO %s (%s)\n%s"
        .formatted(
            path(shape.runs()),
            String.join(", ", names),
            from.isEmpty() ? "VALUES (" + values + ")" : "SELECT " + values + "\n" + from);
  }

  static String path(TableRef table) {
    return BqIdentifier.of(table.project(), table.dataset(), table.table()).sql();
  }
}
