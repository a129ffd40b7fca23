CREATE OR REPLACE VIEW `p`.`c`.`sync_state`
OPTIONS (
  description = "Deltaferry: how far each table has come",
  labels = [("definition", "DEFINITION"), ("managed_by", "deltaferry")]
) AS
SELECT _TABLE_SUFFIX AS table_name, seq, next_low, definition_hash, policy_hash, delta_low, delta_digest, high, bounds, filled_columns, source_tables, target_created, updated_at
FROM `p`.`c`.`state__*`
WHERE seq > 0
