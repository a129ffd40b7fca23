UPDATE school.course_skill SET weight = 0.5,
  last_updated = greatest(
    (SELECT max(last_updated) FROM school.course_skill) - interval '4 minutes',
    current_setting('demo.now')::timestamptz - interval '10 minutes')
WHERE school.pick(course_id, skill_code, 300) = 1;

UPDATE school.course_skill SET label = E'new\n"label"', rubric = '{"steps": 0, "text": ""}', flags = B'11111111',
  last_updated = current_setting('demo.now')::timestamptz
WHERE school.pick(course_id, skill_code, 100) = 2;

UPDATE school.course_skill SET label = NULL, aliases = NULL, rubric = NULL, checksum = NULL, flags = NULL, marks = NULL,
  last_updated = current_setting('demo.now')::timestamptz
WHERE school.pick(course_id, skill_code, 200) = 3;

INSERT INTO school.course_skill (course_id, skill_code, weight, label, last_updated)
SELECT 5000 + g, 'N,"' || g, 0.0001, school.nasty(g), current_setting('demo.now')::timestamptz
FROM generate_series(1, 200) AS g ON CONFLICT DO NOTHING;
