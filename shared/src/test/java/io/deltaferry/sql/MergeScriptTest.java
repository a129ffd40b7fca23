package io.deltaferry.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltaferry.sql.MergeColumns.MergeColumn;
import io.deltaferry.table.SyncMode;
import io.deltaferry.table.TableLayout;
import io.deltaferry.table.TableRef;
import io.deltaferry.type.BqType;
import io.deltaferry.type.ColumnNames;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the script does is proven where it runs, against the local BigQuery. */
class MergeScriptTest {
  @Test
  void theScriptReadsTopToBottom() {
    assertThat(script(null))
        .isEqualTo(
            """
            BEGIN TRANSACTION;

            UPDATE `p`.`c`.`state__t`
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
            WHERE seq < @seq;

            ASSERT @@row_count = 1 AS 'SUPERSEDED: the state is at this run or a newer one';

            ASSERT (SELECT COUNT(*) FROM `p`.`s`.`t__7`) = @rows_extracted \
            AS 'COUNTS_DIFFER: the temp table does not hold the rows extracted';

            ASSERT NOT EXISTS (
              SELECT 1 FROM `p`.`s`.`t__7` AS _df_delta
              GROUP BY _df_delta.`id` HAVING COUNT(*) > 1
            ) AS 'KEY_DUPLICATED: a key stands more than once in one snapshot of the source';

            MERGE `p`.`d`.`t` AS _df_target
            USING `p`.`s`.`t__7` AS _df_delta
            ON _df_target.`id` = _df_delta.`id`
            WHEN MATCHED THEN
              UPDATE SET `at` = _df_delta.`at`, _uploaded_at = CURRENT_TIMESTAMP()
            WHEN NOT MATCHED THEN
              INSERT (`id`, `at`, _uploaded_at)
              VALUES (_df_delta.`id`, _df_delta.`at`, CURRENT_TIMESTAMP());

            INSERT INTO `p`.`c`.`sync_runs` (table_name, seq, request_id, mode, low, low_reason, until, \
            next_low, bound, bound_reason, pinned_since, rows_extracted, rows_loaded, rows_merged, \
            null_cursors, rows_overlap, losses, parts, bytes_staged, definition_hash, \
            requested_at, extract_started, extract_finished, merged_at, version, high, periods_left)
            VALUES (@table_name, @seq, @request_id, @mode, @low, @low_reason, @until, @next_low, @bound, \
            @bound_reason, @pinned_since, @rows_extracted, @rows_loaded, @@row_count, \
            @null_cursors, @rows_overlap, @losses, @parts, \
            @bytes_staged, @definition_hash, @requested_at, @extract_started, @extract_finished, \
            CURRENT_TIMESTAMP(), @version, @high, @periods_left);

            ASSERT (
              SELECT rows_merged FROM `p`.`c`.`sync_runs` WHERE table_name = @table_name AND seq = @seq
            ) = @rows_extracted AS 'COUNTS_DIFFER: rows merged are not the rows extracted; does the target hold a key twice?';

            COMMIT TRANSACTION;
            """);
  }

  /** Of a key that slices show in several states, the last snapshot's is merged. */
  @Test
  void theRowsOfSlicesAreThoseOfTheLastSnapshotThatHasThem() {
    assertThat(script("at"))
        .contains("GROUP BY _df_delta.`id`, _df_delta.`_df_snapshot` HAVING COUNT(*) > 1")
        .contains(
            """
            USING (
              SELECT * FROM `p`.`s`.`t__7` AS _df_delta
              WHERE TRUE
              QUALIFY ROW_NUMBER() OVER (
                PARTITION BY _df_delta.`id` ORDER BY _df_delta.`_df_snapshot` DESC, _df_delta.`at` DESC
              ) = 1
            ) AS _df_delta
            ON""")
        .contains(
            """
            ) = (
              SELECT COUNT(*) FROM (SELECT 1 FROM `p`.`s`.`t__7` AS _df_delta GROUP BY _df_delta.`id`)
            ) AS 'COUNTS_DIFFER""");
  }

  /** BigQuery takes {@code SET t = ..} for the whole row when the target's alias is t. */
  @Test
  void noColumnHasTheNameOfAnAlias() {
    Matcher alias = Pattern.compile("(?:MERGE|USING) \\S+ AS (\\w+)").matcher(script(null));
    List<String> aliases = alias.results().map(match -> match.group(1)).toList();
    assertThat(aliases).hasSize(2);
    aliases.forEach(
        name ->
            assertThatThrownBy(() -> ColumnNames.check(Map.of(name, name)))
                .hasMessageContaining(name));
  }

  private static String script(@Nullable String slicedBy) {
    MergeScript.Shape shape =
        new MergeScript.Shape(
            SyncMode.INCREMENTAL,
            new TableRef("p", "d", "t"),
            new TableRef("p", "s", "t__7"),
            new TableRef("p", "c", "state__t"),
            new TableRef("p", "c", "sync_runs"),
            new MergeColumns(
                List.of(
                    new MergeColumn("id", "id", "_df_delta.`id`", true, BqType.Name.INT64),
                    new MergeColumn("at", "at", "_df_delta.`at`", false, BqType.Name.TIMESTAMP)),
                true,
                false,
                List.of()),
            TableLayout.PLAIN,
            slicedBy != null,
            slicedBy,
            null);
    return MergeScript.of(shape, Map.of()).text();
  }
}
