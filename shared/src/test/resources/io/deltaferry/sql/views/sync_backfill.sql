CREATE OR REPLACE VIEW `p`.`c`.`sync_backfill`
OPTIONS (
  description = "Deltaferry: the periods of each table's history that backfills have merged",
  labels = [("definition", "DEFINITION"), ("managed_by", "deltaferry")]
) AS
WITH newest AS (
  SELECT table_name, definition_hash
  FROM `p`.`c`.`sync_runs`
  QUALIFY ROW_NUMBER() OVER (PARTITION BY table_name ORDER BY seq DESC) = 1
),
periods AS (
  SELECT
    *,
    COUNT(*) OVER (PARTITION BY table_name, low, until) AS runs,
    ROW_NUMBER() OVER (PARTITION BY table_name, low, until ORDER BY seq DESC) AS place
  FROM `p`.`c`.`sync_runs`
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
WHERE p.place = 1
