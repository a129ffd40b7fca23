CREATE TABLE school.student_skill_levels (
  student_id bigint NOT NULL,
  skill_id integer NOT NULL,
  level school.skill_level,
  mastery numeric,
  confidence numeric(12,6),
  history integer[],
  notes text,
  assessed_at timestamptz,
  device inet,
  -- NULL in some rows: a cursor cannot order them, only a first load carries them.
  last_updated timestamptz,
  PRIMARY KEY (student_id, skill_id)
);

INSERT INTO school.student_skill_levels
SELECT CASE WHEN g % 2 = 0 THEN -(g / 8) ELSE 9223372036854770000 + g / 16 END,
       g,
       (enum_range(NULL::school.skill_level))[1 + g % 4],
       CASE g % 4
         WHEN 0 THEN NULL
         WHEN 1 THEN 12345678901234567890123456789012345678.12345678901234567890123456789012345678
         WHEN 2 THEN -0.00000000000000000000000000000000000001
         ELSE g / 3.0
       END,
       school.pick(g, 'confidence', 200000000) / 1000000.0 - 100,
       CASE g % 6 WHEN 0 THEN NULL WHEN 1 THEN '{}' ELSE ARRAY[g::int, NULL, -2147483648, 2147483647] END,
       school.nasty(g + 11),
       CASE WHEN g % 7 <> 0 THEN timestamptz '2024-03-10 01:59:59.000001-08' + g * interval '13 minutes' END,
       CASE g % 3 WHEN 0 THEN NULL WHEN 1 THEN ('10.0.' || g % 256 || '.7')::inet ELSE '2001:db8::1/64'::inet END,
       CASE WHEN g % 500 <> 0 THEN school.stamp(g, 40000) END
FROM generate_series(1, 40000) AS g;

CREATE INDEX ON school.student_skill_levels (last_updated);
