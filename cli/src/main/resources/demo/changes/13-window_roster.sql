UPDATE school.window_roster SET name = name || ' (late)',
  last_updated = greatest(
    (SELECT max(last_updated) FROM school.window_roster) - interval '4 minutes',
    current_setting('demo.now')::timestamptz - interval '10 minutes')
WHERE window_id % 300 = 1;

-- To and from infinity.
UPDATE school.window_roster SET ends_on = 'infinity', closes_at = 'infinity', last_updated = current_setting('demo.now')::timestamptz
WHERE window_id % 100 = 2;
UPDATE school.window_roster SET ends_on = date '2025-06-30', closes_at = '2025-06-30 17:00+02', last_updated = current_setting('demo.now')::timestamptz
WHERE window_id % 100 = 5;

UPDATE school.window_roster SET starts_on = NULL, ends_on = NULL, duration = NULL, roster = NULL, daily_end = NULL,
  last_updated = current_setting('demo.now')::timestamptz
WHERE window_id % 250 = 3;

INSERT INTO school.window_roster (window_id, name, starts_on, ends_on, last_updated)
SELECT (SELECT max(window_id) FROM school.window_roster) + g, school.nasty(g * 16 + 3), '-infinity', 'infinity', current_setting('demo.now')::timestamptz
FROM generate_series(1, 300) AS g;
