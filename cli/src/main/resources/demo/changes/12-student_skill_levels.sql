UPDATE school.student_skill_levels SET level = 'advanced',
  last_updated = greatest(
    (SELECT max(last_updated) FROM school.student_skill_levels) - interval '4 minutes',
    current_setting('demo.now')::timestamptz - interval '10 minutes')
WHERE skill_id % 300 = 1;

UPDATE school.student_skill_levels SET mastery = skill_id / 8.0, notes = school.nasty(skill_id), device = '10.1.2.3',
  last_updated = current_setting('demo.now')::timestamptz
WHERE skill_id % 100 = 2;

UPDATE school.student_skill_levels SET level = NULL, mastery = NULL, history = NULL, notes = NULL, assessed_at = NULL, device = NULL,
  last_updated = current_setting('demo.now')::timestamptz
WHERE skill_id % 250 = 3;

-- Rows without a stamp get their first one.
UPDATE school.student_skill_levels SET last_updated = current_setting('demo.now')::timestamptz
WHERE last_updated IS NULL AND skill_id % 1000 = 0;

INSERT INTO school.student_skill_levels (student_id, skill_id, level, mastery, history, last_updated)
SELECT g, 1000000 + g, 'novice', 0.5, '{1,NULL,3}', current_setting('demo.now')::timestamptz
FROM generate_series(1, 400) AS g ON CONFLICT DO NOTHING;
