CREATE OR REPLACE VIEW `p`.`shop`.`latest_open orders`
OPTIONS (
  description = "Deltaferry: the newest copy in open orders",
  labels = [("managed_by", "deltaferry")]
) AS
SELECT *
FROM `p`.`shop`.`open orders` AS _df_target
WHERE _df_target._uploaded_at = (
  SELECT MAX(_uploaded_at)
  FROM `p`.`shop`.`open orders`
)
