SELECT table_name, seq, loaded, event, error_code, error
FROM (
  SELECT
    *,
    MAX(IF(event = 'loaded', 1, 0)) OVER (PARTITION BY table_name, seq) AS loaded,
    ROW_NUMBER() OVER (PARTITION BY table_name, seq ORDER BY event_time DESC) AS age
  FROM `p`.`c`.`sync_events`
  WHERE event_time >= TIMESTAMP_SUB(CURRENT_TIMESTAMP(), INTERVAL 2 DAY)
    AND seq IS NOT NULL
)
WHERE age = 1 AND event NOT IN ('completed', 'empty', 'failed', 'superseded')
