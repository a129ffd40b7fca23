UPDATE school.agg_student_sat_time_daily SET seconds = coalesce(seconds, 0) + 60,
  last_updated = greatest(
    (SELECT max(last_updated) FROM school.agg_student_sat_time_daily) - interval '4 minutes',
    current_setting('demo.now')::timestamptz - interval '10 minutes')
WHERE school.pick(student_id, day || section::text, 300) = 1;

UPDATE school.agg_student_sat_time_daily SET pace = -pace, percentile = 100.00, score = -32768, last_updated = current_setting('demo.now')::timestamptz
WHERE school.pick(student_id, day || section::text, 100) = 2;

UPDATE school.agg_student_sat_time_daily SET seconds = NULL, score = NULL, percentile = NULL, pace = NULL, fee = NULL, source_ip = NULL,
  comment = NULL, last_updated = current_setting('demo.now')::timestamptz
WHERE school.pick(student_id, day || section::text, 200) = 3;

INSERT INTO school.agg_student_sat_time_daily (student_id, day, section, seconds, comment, last_updated)
SELECT 100000 + g, date '2025-02-01', 'essay', g, school.nasty(g), current_setting('demo.now')::timestamptz
FROM generate_series(1, 500) AS g ON CONFLICT DO NOTHING;
