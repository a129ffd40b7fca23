CREATE TABLE school.window_roster (
  window_id bigint PRIMARY KEY,
  name text NOT NULL,
  starts_on date,
  ends_on date,
  opened_at timestamp,
  closes_at timestamptz,
  daily_end time,
  duration interval,
  roster jsonb,
  last_updated timestamptz
);

INSERT INTO school.window_roster
SELECT g,
       coalesce(school.nasty(g + 3), 'unnamed'),
       CASE g % 8 WHEN 0 THEN '-infinity' WHEN 1 THEN '0044-03-15 BC' WHEN 2 THEN NULL ELSE date '2024-01-01' + (g % 400)::int END,
       CASE g % 5 WHEN 0 THEN 'infinity' WHEN 1 THEN '12024-01-01' WHEN 2 THEN NULL ELSE date '2024-06-01' + (g % 400)::int END,
       CASE g % 9 WHEN 0 THEN '-infinity' WHEN 1 THEN NULL ELSE timestamp '1969-12-31 23:59:59.999999' + g * interval '1 day' END,
       CASE g % 4 WHEN 0 THEN 'infinity' WHEN 1 THEN '9999-12-31 23:59:59.999999+00' ELSE timestamptz '2024-11-03 01:30:00-05' + g * interval '1 hour' END,
       CASE g % 6 WHEN 0 THEN '24:00:00' WHEN 1 THEN NULL ELSE time '15:30:00.5' END,
       CASE g % 4 WHEN 0 THEN NULL WHEN 1 THEN '-1 year -2 months 3 days 04:05:06.789' ELSE g * interval '1 minute' END,
       CASE WHEN g % 10 <> 0 THEN jsonb_build_object('students', jsonb_build_array(g, g + 1), 'teacher', md5(g::text), 'ratio', (g % 4) / 8.0) END,
       school.stamp(g, 20000)
FROM generate_series(1, 20000) AS g;

CREATE INDEX ON school.window_roster (last_updated);
