CREATE OR REPLACE VIEW `p`.`shop`.`current_open orders`
OPTIONS (
  description = "Deltaferry: the rows of open orders that are not deleted",
  labels = [("managed_by", "deltaferry")]
) AS
SELECT *
FROM `p`.`shop`.`open orders`
