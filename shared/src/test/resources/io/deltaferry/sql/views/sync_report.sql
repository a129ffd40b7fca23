CREATE OR REPLACE VIEW `p`.`c`.`sync_report`
OPTIONS (
  description = "Deltaferry: each run of the last 45 days, and each request that has none",
  labels = [("definition", "DEFINITION"), ("managed_by", "deltaferry")]
) AS
WITH events AS (
  SELECT *
  FROM `p`.`c`.`sync_events`
  WHERE event_time >= TIMESTAMP_SUB(CURRENT_TIMESTAMP(), INTERVAL 45 DAY)
  QUALIFY ROW_NUMBER() OVER (PARTITION BY event_id ORDER BY event_time) = 1
),
told AS (
  SELECT
    table_name,
    seq,
    MAX(request_id) AS request_id,
    MAX(mode) AS mode,
    MIN(requested_at) AS requested_at,
    MAX(read_at) AS read_at,
    MIN(event_time) AS first_event,
    MAX(event_time) AS last_event,
    MIN(IF(event = 'planned', event_time, NULL)) AS planned_at,
    MIN(IF(event = 'staged', event_time, NULL)) AS staged_at,
    MIN(IF(event = 'loaded', event_time, NULL)) AS loaded_at,
    MIN(IF(event IN ('completed', 'empty', 'failed', 'superseded'), event_time, NULL)) AS ended_at,
    MAX(IF(event IN ('completed', 'empty', 'failed', 'superseded'), event, NULL)) AS outcome,
    MAX(IF(event = 'completed', row_count, NULL)) AS rows_merged,
    MAX(IF(event = 'failed', error_code, NULL)) AS error_code,
    MAX(IF(event = 'failed', error, NULL)) AS error,
    MAX(estimated_rows) AS rows_estimated,
    MAX(expiry_seconds) AS expiry_seconds,
    GREATEST(
      COALESCE(MAX(slices), 1) + COUNTIF(event = 'slice_split'),
      COUNTIF(event = 'slice_staged')
    ) AS slices,
    COUNTIF(event = 'slice_staged') AS slices_staged,
    SUM(IF(event = 'slice_staged', row_count, 0)) AS rows_staged,
    SUM(IF(event = 'slice_staged', byte_count, 0)) AS bytes_staged,
    COUNTIF(event = 'retried') AS retries,
    COUNTIF(event = 'dead_lettered') AS dead_letters
  FROM events
  WHERE seq IS NOT NULL
  GROUP BY table_name, seq
),
followed AS (
  SELECT
    *,
    LEAD(first_event) OVER (PARTITION BY table_name ORDER BY seq) AS followed_at
  FROM told
),
known AS (
  SELECT
    COALESCE(t.table_name, m.table_name) AS table_name,
    COALESCE(t.seq, m.seq) AS seq,
    COALESCE(t.request_id, m.request_id) AS request_id,
    COALESCE(t.mode, m.mode) AS mode,
    COALESCE(t.requested_at, m.requested_at) AS requested_at,
    COALESCE(t.read_at, m.extract_started) AS read_at,
    COALESCE(t.planned_at, m.extract_started, t.first_event) AS started_at,
    COALESCE(
      t.staged_at, m.extract_finished, IF(t.outcome = 'empty', t.ended_at, NULL)
    ) AS staged_at,
    COALESCE(t.loaded_at, m.merged_at) AS loaded_at,
    COALESCE(m.merged_at, t.ended_at, t.followed_at) AS ended_at,
    t.last_event,
    CASE
      WHEN m.seq IS NOT NULL THEN 'completed'
      WHEN t.outcome IS NOT NULL THEN t.outcome
      WHEN t.followed_at IS NOT NULL THEN 'superseded'
    END AS outcome,
    COALESCE(m.rows_merged, t.rows_merged) AS rows_merged,
    IF(m.seq IS NULL, t.error_code, NULL) AS error_code,
    IF(m.seq IS NULL, t.error, NULL) AS error,
    t.rows_estimated,
    t.expiry_seconds,
    COALESCE(t.slices, 1) AS slices,
    COALESCE(t.slices_staged, 1) AS slices_staged,
    COALESCE(t.rows_staged, m.rows_extracted) AS rows_staged,
    COALESCE(t.bytes_staged, m.bytes_staged) AS bytes_staged,
    COALESCE(t.retries, 0) AS retries,
    COALESCE(t.dead_letters, 0) AS dead_letters
  FROM followed AS t
  FULL JOIN `p`.`c`.`sync_runs` AS m ON m.table_name = t.table_name AND m.seq = t.seq
),
judged AS (
  SELECT
    *,
    CASE
      WHEN outcome IN ('completed', 'empty') THEN 'completed'
      WHEN outcome IS NOT NULL THEN 'failed'
      WHEN TIMESTAMP_DIFF(CURRENT_TIMESTAMP(), last_event, SECOND) > expiry_seconds THEN 'pending'
      ELSE 'running'
    END AS state,
    CASE
      WHEN outcome IN ('completed', 'empty') THEN NULL
      WHEN loaded_at IS NOT NULL THEN 'merging'
      WHEN staged_at IS NOT NULL THEN 'loading'
      ELSE 'extracting'
    END AS stage,
    GREATEST(
      TIMESTAMP_DIFF(COALESCE(ended_at, CURRENT_TIMESTAMP()), started_at, MILLISECOND), 0
    ) / 1000 AS elapsed_seconds,
    SAFE_DIVIDE(slices_staged, slices) AS slices_share,
    rows_estimated * (slices - slices_staged) / slices AS rows_left
  FROM known
),
measured AS (
  SELECT
    *,
    CASE
      WHEN state = 'completed' THEN 1.0
      WHEN stage = 'merging' THEN 0.9
      WHEN stage = 'loading' THEN 0.8
      ELSE 0.8 * LEAST(
        slices_share,
        COALESCE(SAFE_DIVIDE(rows_staged, rows_staged + rows_left), slices_share)
      )
    END AS progress
  FROM judged
)
SELECT
  table_name,
  seq AS run,
  request_id,
  mode,
  state,
  outcome,
  stage,
  requested_at,
  started_at,
  ended_at,
  IF(state = 'completed', read_at, NULL) AS fresh_as_of,
  slices,
  slices_staged,
  rows_estimated,
  rows_staged,
  rows_merged,
  bytes_staged,
  elapsed_seconds,
  SAFE_DIVIDE(rows_staged, elapsed_seconds) AS rows_per_second,
  progress,
  CASE
    WHEN state = 'completed' THEN 0.0
    WHEN state = 'running' AND progress > 0 THEN elapsed_seconds * (1 - progress) / progress
  END AS seconds_left,
  GREATEST(TIMESTAMP_DIFF(staged_at, started_at, MILLISECOND), 0) / 1000 AS extract_seconds,
  GREATEST(TIMESTAMP_DIFF(loaded_at, staged_at, MILLISECOND), 0) / 1000 AS load_seconds,
  GREATEST(TIMESTAMP_DIFF(ended_at, loaded_at, MILLISECOND), 0) / 1000 AS merge_seconds,
  retries,
  dead_letters,
  error_code,
  error
FROM measured
UNION ALL
SELECT
  e.table_name,
  NULL,
  e.request_id,
  NULL,
  IF(LOGICAL_OR(e.event = 'skipped'), 'completed', 'pending'),
  IF(LOGICAL_OR(e.event = 'skipped'), 'skipped', NULL),
  NULL,
  MIN(e.event_time),
  NULL,
  MAX(IF(e.event = 'skipped', e.event_time, NULL)),
  NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
FROM events AS e
LEFT JOIN told AS t ON t.table_name = e.table_name AND t.request_id = e.request_id
WHERE e.seq IS NULL AND e.event IN ('waiting', 'skipped') AND t.seq IS NULL
GROUP BY e.table_name, e.request_id
