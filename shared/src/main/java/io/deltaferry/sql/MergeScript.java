package io.deltaferry.sql;

import io.deltaferry.sql.MergeColumns.MergeColumn;
import io.deltaferry.table.TableRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
 * MERGE target USING temp ..
 * INSERT sync_runs (.., @@row_count)      the ledger's row
 * ASSERT                                  rows merged = rows extracted
 * COMMIT TRANSACTION
 * </pre>
 *
 * <p>Each assertion's text begins with the error code that it means.
 */
public final class MergeScript {
  /** The target's alias, of which the same holds as of {@link MergeColumns#DELTA}. */
  private static final String TARGET = "_df_target";

  private static final String SNAPSHOT =
      MergeColumns.DELTA + "." + BqIdentifier.quote(DeltaQuery.SNAPSHOT_COLUMN);

  private MergeScript() {}

  /**
   * The tables of a merge.
   *
   * @param slicedBy the cursor column when the rows come from several snapshots; null for one
   */
  public record Shape(
      TableRef target,
      TableRef temp,
      TableRef state,
      TableRef runs,
      MergeColumns columns,
      @Nullable String slicedBy) {}

  /**
   * Renders the script.
   *
   * @param parameters must hold seq, next_low, definition_hash, policy_hash, delta_digest, high,
   *     bounds, target_created and the ledger's values, named after its columns
   */
  public static Statement of(Shape shape, Map<String, Statement.Value> parameters) {
    List<String> statements = new ArrayList<>();
    statements.add("BEGIN TRANSACTION");
    statements.add(fence(shape));
    statements.add(
        "ASSERT @@row_count = 1 AS 'SUPERSEDED: the state is at this run or a newer one'");
    statements.add(complete(shape));
    statements.add(uniqueKeys(shape));
    statements.add(merge(shape));
    statements.add(ledger(shape));
    statements.add(balance(shape));
    statements.add("COMMIT TRANSACTION");
    return new Statement(String.join(";\n\n", statements) + ";\n", parameters);
  }

  private static String fence(Shape shape) {
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
            target_created = @target_created,
            updated_at = CURRENT_TIMESTAMP()
        WHERE seq < @seq"""
        .formatted(path(shape.state()));
  }

  /** A table that is all key has nothing to update, and could not tell such rows from lost ones. */
  private static String complete(Shape shape) {
    return """
        ASSERT (SELECT COUNT(*) FROM %s) = @rows_extracted \
        AS 'COUNTS_DIFFER: the temp table does not hold the rows extracted'"""
        .formatted(path(shape.temp()));
  }

  /**
   * As the target will hold them: a cast can make one key of two. Another snapshot may well show
   * the key once more.
   */
  private static String uniqueKeys(Shape shape) {
    String keys = keys(shape).map(MergeColumn::value).collect(Collectors.joining(", "));
    if (shape.slicedBy() != null) {
      keys += ", " + SNAPSHOT;
    }
    return """
        ASSERT NOT EXISTS (
          SELECT 1 FROM %s AS %s
          GROUP BY %s HAVING COUNT(*) > 1
        ) AS 'KEY_DUPLICATED: a key stands more than once in one snapshot of the source'"""
        .formatted(path(shape.temp()), MergeColumns.DELTA, keys);
  }

  private static String merge(Shape shape) {
    String on =
        keys(shape)
            .map(
                column ->
                    TARGET + "." + BqIdentifier.quote(column.target()) + " = " + column.value())
            .collect(Collectors.joining(" AND "));
    List<String> names = new ArrayList<>();
    List<String> values = new ArrayList<>();
    List<String> updates = new ArrayList<>();
    for (MergeColumn column : shape.columns().columns()) {
      names.add(BqIdentifier.quote(column.target()));
      values.add(column.value());
      if (!column.key()) {
        updates.add(BqIdentifier.quote(column.target()) + " = " + column.value());
      }
    }
    if (shape.columns().stamped()) {
      names.add(MergeColumns.UPLOADED_AT);
      values.add("CURRENT_TIMESTAMP()");
      updates.add(MergeColumns.UPLOADED_AT + " = CURRENT_TIMESTAMP()");
    }
    return """
        MERGE %s AS %s
        USING %s AS %s
        ON %s
        %sWHEN NOT MATCHED THEN
          INSERT (%s)
          VALUES (%s)"""
        .formatted(
            path(shape.target()),
            TARGET,
            rows(shape),
            MergeColumns.DELTA,
            on,
            update(updates),
            String.join(", ", names),
            String.join(", ", values));
  }

  /** The delta; of a key that several snapshots show, what the last of them shows. */
  private static String rows(Shape shape) {
    String cursor = shape.slicedBy();
    if (cursor == null) {
      return path(shape.temp());
    }
    String keys = keys(shape).map(MergeColumn::group).collect(Collectors.joining(", "));
    return """
        (
          SELECT * FROM %1$s AS %2$s
          WHERE TRUE
          QUALIFY ROW_NUMBER() OVER (
            PARTITION BY %3$s ORDER BY %4$s DESC, %2$s.%5$s DESC
          ) = 1
        )"""
        .formatted(
            path(shape.temp()), MergeColumns.DELTA, keys, SNAPSHOT, BqIdentifier.quote(cursor));
  }

  /** A table that is all key has nothing to update. */
  private static String update(List<String> updates) {
    if (updates.isEmpty()) {
      return "";
    }
    return """
        WHEN MATCHED THEN
          UPDATE SET %s
        """
        .formatted(String.join(", ", updates));
  }

  private static String ledger(Shape shape) {
    List<String> names = LedgerTables.runColumns();
    String values =
        names.stream()
            .map(
                name ->
                    switch (name) {
                      case "rows_merged" -> "@@row_count";
                      case "merged_at" -> "CURRENT_TIMESTAMP()";
                      default -> "@" + name;
                    })
            .collect(Collectors.joining(", "));
    return """
        INSERT INTO %s (%s)
        VALUES (%s)"""
        .formatted(path(shape.runs()), String.join(", ", names), values);
  }

  private static String balance(Shape shape) {
    if (shape.slicedBy() != null) {
      return balanceOfKeys(shape);
    }
    // Rows that an all-key table leaves alone are not counted as merged.
    boolean exact = !isAllKey(shape);
    return """
        ASSERT (
          SELECT rows_merged FROM %s WHERE table_name = @table_name AND seq = @seq
        ) %s @rows_extracted AS 'COUNTS_DIFFER: rows merged are not the rows extracted; does the target hold a key twice?'"""
        .formatted(path(shape.runs()), exact ? "=" : "<=");
  }

  private static String balanceOfKeys(Shape shape) {
    boolean exact = !isAllKey(shape);
    String keys = keys(shape).map(MergeColumn::value).collect(Collectors.joining(", "));
    return """
        ASSERT (
          SELECT rows_merged FROM %s WHERE table_name = @table_name AND seq = @seq
        ) %s (
          SELECT COUNT(*) FROM (SELECT 1 FROM %s AS %s GROUP BY %s)
        ) AS 'COUNTS_DIFFER: rows merged are not the keys extracted; does the target hold a key twice?'"""
        .formatted(
            path(shape.runs()), exact ? "=" : "<=", path(shape.temp()), MergeColumns.DELTA, keys);
  }

  private static boolean isAllKey(Shape shape) {
    return !shape.columns().stamped()
        && shape.columns().columns().stream().allMatch(MergeColumn::key);
  }

  private static java.util.stream.Stream<MergeColumn> keys(Shape shape) {
    return shape.columns().columns().stream().filter(MergeColumn::key);
  }

  private static String path(TableRef table) {
    return BqIdentifier.of(table.project(), table.dataset(), table.table()).sql();
  }
}
