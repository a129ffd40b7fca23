CREATE OR REPLACE VIEW `p`.`c`.`sync_tables`
OPTIONS (
  description = "Deltaferry: how fresh each table is, and how its newest runs ended",
  labels = [("definition", "DEFINITION"), ("managed_by", "deltaferry")]
) AS
WITH report AS (
  SELECT *
  FROM `p`.`c`.`sync_report`
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
LEFT JOIN waiting AS w ON w.table_name = n.table_name
