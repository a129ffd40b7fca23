UPDATE school.district_class_course SET credits = 9.75,
  last_updated = greatest(
    (SELECT max(last_updated) FROM school.district_class_course) - interval '4 minutes',
    current_setting('demo.now')::timestamptz - interval '10 minutes')
WHERE school.pick(district_id, course_code, 300) = 1;

-- Nothing but the stamp changes.
UPDATE school.district_class_course SET last_updated = current_setting('demo.now')::timestamptz
WHERE school.pick(district_id, course_code, 200) = 2;

UPDATE school.district_class_course SET course_name = '', tags = '{}', logo = '\x', active = NOT active, room = NULL,
  last_updated = current_setting('demo.now')::timestamptz
WHERE school.pick(district_id, course_code, 200) = 3;

UPDATE school.district_class_course SET course_name = NULL, tags = NULL, logo = NULL, band = NULL, created_at = NULL,
  last_updated = current_setting('demo.now')::timestamptz
WHERE school.pick(district_id, course_code, 200) = 4;

INSERT INTO school.district_class_course (district_id, class_id, course_code, course_name, band, last_updated)
SELECT 99, md5('new class' || g)::uuid, 'NEW "course", ' || g, school.nasty(g), '9-12', current_setting('demo.now')::timestamptz
FROM generate_series(1, 300) AS g ON CONFLICT DO NOTHING;
