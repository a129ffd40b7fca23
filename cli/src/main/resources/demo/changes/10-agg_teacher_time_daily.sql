-- Late: stamped before the newest cursor that has been synced, as by a transaction that committed slowly.
-- Never older than the lateness the table file allows.
UPDATE school.agg_teacher_time_daily SET minutes_active = coalesce(minutes_active, 0) + 1,
  last_updated = greatest(
    (SELECT max(last_updated) FROM school.agg_teacher_time_daily) - interval '4 minutes',
    current_setting('demo.now')::timestamptz - interval '10 minutes')
WHERE school.pick(course_id, day::text || teacher_id, 400) = 1;

-- Ties: one stamp for all of them.
UPDATE school.agg_teacher_time_daily SET remark = 'changed, "' || day || '"', breakdown = '{"replaced": [1, null, "x"]}',
  last_updated = current_setting('demo.now')::timestamptz
WHERE school.pick(course_id, day::text || teacher_id, 100) = 2;

UPDATE school.agg_teacher_time_daily SET minutes_active = NULL, breakdown = NULL, first_seen = NULL, remark = NULL,
  last_updated = current_setting('demo.now')::timestamptz + interval '1 microsecond'
WHERE school.pick(course_id, day::text || teacher_id, 400) = 3;

INSERT INTO school.agg_teacher_time_daily (teacher_id, day, course_id, school_id, remark, last_updated)
SELECT md5('new teacher' || g)::uuid, date '2025-01-07', 7, g, school.nasty(g), current_setting('demo.now')::timestamptz
FROM generate_series(1, 500) AS g ON CONFLICT DO NOTHING;
