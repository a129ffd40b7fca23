CREATE OR REPLACE VIEW `p`.`c`.`sync_control`
OPTIONS (
  description = "Deltaferry: the runs of each table by day",
  labels = [("definition", "DEFINITION"), ("managed_by", "deltaferry")]
) AS
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
FROM `p`.`c`.`sync_report`
WHERE run IS NOT NULL
GROUP BY table_name, day
