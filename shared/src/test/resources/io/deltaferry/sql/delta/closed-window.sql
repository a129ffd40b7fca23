-- copy
COPY (
SELECT
  "id" AS "id",
  CASE WHEN "changed At" < '0001-01-01 00:00:00+00'::timestamptz THEN '0001-01-01 00:00:00+00'::timestamptz WHEN "changed At" > '9999-12-31 23:59:59.999999+00'::timestamptz THEN '9999-12-31 23:59:59.999999+00'::timestamptz ELSE "changed At" END AS "changed At",
  CASE WHEN ("changed At" < '0001-01-01 00:00:00+00'::timestamptz OR "changed At" > '9999-12-31 23:59:59.999999+00'::timestamptz) THEN pg_catalog.concat_ws(' ', CASE WHEN ("changed At" < '0001-01-01 00:00:00+00'::timestamptz OR "changed At" > '9999-12-31 23:59:59.999999+00'::timestamptz) THEN 0 END) END AS "_df_marks"
FROM "public"."Events"
WHERE "changed At" >= '2024-02-01 00:00:00.000001+00'::timestamptz
  AND "changed At" < '2024-03-01 00:00:00+00'::timestamptz
) TO STDOUT (FORMAT csv, HEADER true, ENCODING 'UTF8')
-- high
SELECT df_high::text
FROM (
SELECT "changed At" AS df_high
FROM "public"."Events"
WHERE "changed At" >= '2024-02-01 00:00:00.000001+00'::timestamptz
  AND "changed At" < '2024-03-01 00:00:00+00'::timestamptz
  AND "changed At" BETWEEN '0001-01-01 00:00:00+00'::timestamptz AND '9999-12-31 23:59:59.999999+00'::timestamptz
ORDER BY "changed At" DESC
LIMIT 1
) AS df_cursor
