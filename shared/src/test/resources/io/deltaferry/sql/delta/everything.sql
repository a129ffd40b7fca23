-- copy
COPY (
SELECT
  "id" AS "id",
  CASE WHEN "changed At" < '0001-01-01 00:00:00+00'::timestamptz THEN '0001-01-01 00:00:00+00'::timestamptz WHEN "changed At" > '9999-12-31 23:59:59.999999+00'::timestamptz THEN '9999-12-31 23:59:59.999999+00'::timestamptz ELSE "changed At" END AS "changed At",
  CASE WHEN "day" < '0001-01-01'::date THEN '0001-01-01'::date WHEN "day" > '9999-12-31'::date THEN '9999-12-31'::date ELSE "day" END AS "day",
  CASE WHEN NOT ("amount" BETWEEN -578960446186580977117854925043439539266.34992332820282019728792003956564819968 AND 578960446186580977117854925043439539266.34992332820282019728792003956564819967 AND (pg_catalog.scale("amount") <= 38 OR pg_catalog.scale(pg_catalog.trim_scale("amount")) <= 38)) THEN NULL ELSE "amount" END AS "amount",
  "note" AS "note",
  CASE WHEN ("id" IS NULL) OR ("changed At" < '0001-01-01 00:00:00+00'::timestamptz OR "changed At" > '9999-12-31 23:59:59.999999+00'::timestamptz) OR ("day" < '0001-01-01'::date OR "day" > '9999-12-31'::date) OR NOT ("amount" BETWEEN -578960446186580977117854925043439539266.34992332820282019728792003956564819968 AND 578960446186580977117854925043439539266.34992332820282019728792003956564819967 AND (pg_catalog.scale("amount") <= 38 OR pg_catalog.scale(pg_catalog.trim_scale("amount")) <= 38)) OR "changed At" IS NULL THEN pg_catalog.concat_ws(' ', CASE WHEN ("id" IS NULL) THEN 0 END, CASE WHEN ("changed At" < '0001-01-01 00:00:00+00'::timestamptz OR "changed At" > '9999-12-31 23:59:59.999999+00'::timestamptz) THEN 1 END, CASE WHEN ("day" < '0001-01-01'::date OR "day" > '9999-12-31'::date) THEN 2 END, CASE WHEN NOT ("amount" BETWEEN -578960446186580977117854925043439539266.34992332820282019728792003956564819968 AND 578960446186580977117854925043439539266.34992332820282019728792003956564819967 AND (pg_catalog.scale("amount") <= 38 OR pg_catalog.scale(pg_catalog.trim_scale("amount")) <= 38)) THEN 3 END, CASE WHEN "changed At" IS NULL THEN 4 END) END AS "_df_marks"
FROM "public"."Events"
) TO STDOUT (FORMAT csv, HEADER true, ENCODING 'UTF8', FORCE_QUOTE ("note"))
-- high
SELECT df_high::text
FROM (
SELECT "changed At" AS df_high
FROM "public"."Events"
WHERE "changed At" BETWEEN '0001-01-01 00:00:00+00'::timestamptz AND '9999-12-31 23:59:59.999999+00'::timestamptz
ORDER BY "changed At" DESC
LIMIT 1
) AS df_cursor
-- refused
SELECT
  count(*) FILTER (WHERE ("id" IS NULL))
FROM "public"."Events"

