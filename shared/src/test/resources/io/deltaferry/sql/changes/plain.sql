-- copy
COPY (
SELECT
  "id" AS "id",
  CASE WHEN "Orders"."id" IS NOT NULL THEN "note" END AS "note",
  CASE WHEN "Orders"."id" IS NOT NULL THEN CASE WHEN NOT ("amount" BETWEEN -578960446186580977117854925043439539266.34992332820282019728792003956564819968 AND 578960446186580977117854925043439539266.34992332820282019728792003956564819967 AND (pg_catalog.scale("amount") <= 38 OR pg_catalog.scale(pg_catalog.trim_scale("amount")) <= 38)) THEN NULL ELSE "amount" END END AS "amount",
  CASE WHEN "Orders"."id" IS NOT NULL THEN "customer_id" END AS "customer_id",
  NOT ("Orders"."id" IS NOT NULL) AS "_df_deleted",
  NULL::timestamptz AS "_df_deleted_at",
  CASE WHEN ("id" IS NULL) OR ("Orders"."id" IS NOT NULL AND (NOT ("amount" BETWEEN -578960446186580977117854925043439539266.34992332820282019728792003956564819968 AND 578960446186580977117854925043439539266.34992332820282019728792003956564819967 AND (pg_catalog.scale("amount") <= 38 OR pg_catalog.scale(pg_catalog.trim_scale("amount")) <= 38)))) THEN pg_catalog.concat_ws(' ', CASE WHEN ("id" IS NULL) THEN 0 END, CASE WHEN ("Orders"."id" IS NOT NULL AND (NOT ("amount" BETWEEN -578960446186580977117854925043439539266.34992332820282019728792003956564819968 AND 578960446186580977117854925043439539266.34992332820282019728792003956564819967 AND (pg_catalog.scale("amount") <= 38 OR pg_catalog.scale(pg_catalog.trim_scale("amount")) <= 38)))) THEN 1 END) END AS "_df_marks"
FROM (
  SELECT
    CASE WHEN pg_catalog.btrim("key"::text) ~ '^[+-]?[0-9]{1,19}$' THEN CASE WHEN pg_catalog.btrim("key"::text)::numeric BETWEEN -2147483648 AND 2147483647 THEN pg_catalog.btrim("key"::text)::numeric::int4 END END AS "id",
    pg_catalog.max("nr") AS df_newest
  FROM "public"."Log"
  WHERE "nr" >= '2'::int8
  GROUP BY 1
) AS df_log
LEFT JOIN "public"."Orders" USING ("id")
) TO STDOUT (FORMAT csv, HEADER true, ENCODING 'UTF8', FORCE_QUOTE ("note"))
-- high
SELECT coalesce((SELECT pg_catalog.max("nr") FROM "public"."Log")::int8, '6'::int8)::text
