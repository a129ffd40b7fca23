CREATE OR REPLACE VIEW `p`.`shop`.`current_open orders`
OPTIONS (
  description = "Deltaferry: the rows of open orders that are not deleted",
  labels = [("managed_by", "deltaferry")]
) AS
SELECT * EXCEPT (`_deleted`, `_deleted_at`)
FROM `p`.`shop`.`open orders` AS _df_target
WHERE _df_target._deleted IS NOT TRUE
