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

ASSERT (SELECT COUNT(*) FROM `p`.`s`.`t__7`) = @rows_extracted AS 'COUNTS_DIFFER: the temp table does not hold the rows extracted';

ASSERT NOT EXISTS (
  SELECT 1 FROM `p`.`s`.`t__7` AS _df_delta
  GROUP BY _df_delta.`id` HAVING COUNT(*) > 1
) AS 'KEY_DUPLICATED: a key stands more than once in one snapshot of the source';

INSERT INTO `p`.`c`.`sync_runs` (table_name, seq, request_id, mode, low, low_reason, until, next_low, bound, bound_reason, pinned_since, rows_extracted, rows_loaded, rows_merged, null_cursors, rows_overlap, losses, parts, bytes_staged, definition_hash, requested_at, extract_started, extract_finished, merged_at, version, rows_compared, rows_deleted, rows_revived, high, periods_left)
SELECT @table_name, @seq, @request_id, @mode, @low, @low_reason, @until, @next_low, @bound, @bound_reason, @pinned_since, @rows_extracted, @rows_loaded, rows_upserted + rows_deleted, @null_cursors, @rows_overlap, @losses, @parts, @bytes_staged, @definition_hash, @requested_at, @extract_started, @extract_finished, CURRENT_TIMESTAMP(), @version, rows_compared, rows_deleted, rows_revived, @high, @periods_left
FROM (
  SELECT
    COUNTIF(NOT (_df_delta.`id` IS NULL)) AS rows_upserted,
    COUNTIF(_df_target.`id` IS NOT NULL AND NOT (_df_target._deleted IS TRUE)) AS rows_compared,
    COUNTIF(_df_delta.`id` IS NULL AND _df_target.`id` IS NOT NULL AND NOT (_df_target._deleted IS TRUE)) AS rows_deleted,
    COUNTIF(NOT (_df_delta.`id` IS NULL) AND _df_target._deleted IS TRUE) AS rows_revived
  FROM `p`.`s`.`t__7` AS _df_delta
  FULL JOIN (SELECT * FROM `p`.`d`.`t`) AS _df_target
  ON _df_target.`id` = _df_delta.`id`
);

ASSERT (
  SELECT rows_deleted * 100 <= rows_compared * NUMERIC '10' FROM `p`.`c`.`sync_runs` WHERE table_name = @table_name AND seq = @seq
) AS 'DELETES_REFUSED: more rows would be deleted than max_deletes allows';

ASSERT (
  SELECT rows_merged - rows_deleted FROM `p`.`c`.`sync_runs` WHERE table_name = @table_name AND seq = @seq
) = @rows_extracted AS 'COUNTS_DIFFER: rows merged are not the rows extracted; does the target hold a key twice?';

MERGE `p`.`d`.`t` AS _df_target
USING `p`.`s`.`t__7` AS _df_delta
ON _df_target.`id` = _df_delta.`id`
WHEN MATCHED THEN
  UPDATE SET `v` = _df_delta.`v`, _uploaded_at = CURRENT_TIMESTAMP(), _deleted = FALSE, _deleted_at = NULL
WHEN NOT MATCHED THEN
  INSERT (`id`, `v`, _uploaded_at)
  VALUES (_df_delta.`id`, _df_delta.`v`, CURRENT_TIMESTAMP())
WHEN NOT MATCHED BY SOURCE AND _df_target._deleted IS NOT TRUE THEN
  UPDATE SET _deleted = TRUE, _deleted_at = CURRENT_TIMESTAMP();

ASSERT @@row_count = (
  SELECT rows_merged FROM `p`.`c`.`sync_runs` WHERE table_name = @table_name AND seq = @seq
) AS 'COUNTS_DIFFER: rows merged and deleted are not those counted before';

COMMIT TRANSACTION;
