-- copy
COPY (
SELECT
  "id" AS "id",
  CASE WHEN "day" < '0001-01-01'::date THEN '0001-01-01'::date WHEN "day" > '9999-12-31'::date THEN '9999-12-31'::date ELSE "day" END AS "day",
  CASE WHEN ("day" < '0001-01-01'::date OR "day" > '9999-12-31'::date) THEN pg_catalog.concat_ws(' ', CASE WHEN ("day" < '0001-01-01'::date OR "day" > '9999-12-31'::date) THEN 0 END) END AS "_df_marks"
FROM (SELECT id, "changed At"::date AS day FROM "Events" -- dates
) AS df_query
WHERE "day" >= '2024-02-02'::date
) TO STDOUT (FORMAT csv, HEADER true, ENCODING 'UTF8')
-- high
SELECT df_high::text
FROM (
SELECT "day" AS df_high
FROM (SELECT id, "changed At"::date AS day FROM "Events" -- dates
) AS df_query
WHERE "day" >= '2024-02-02'::date
  AND "day" BETWEEN '0001-01-01'::date AND '9999-12-31'::date
ORDER BY "day" DESC
LIMIT 1
) AS df_cursor
