-- copy
COPY (
SELECT
  "note" AS "note",
  1 AS "_df_row"
FROM "public"."Events"
WHERE (
id < 4
)
) TO STDOUT (FORMAT csv, HEADER true, ENCODING 'UTF8', FORCE_QUOTE ("note"))
