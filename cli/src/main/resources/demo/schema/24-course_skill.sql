CREATE TABLE school.course_skill (
  course_id integer NOT NULL,
  skill_code varchar(20) NOT NULL,
  weight numeric(5,4),
  label text,
  aliases text[],
  rubric json,
  checksum bytea,
  flags bit(8),
  marks bit varying,
  last_updated timestamptz,
  PRIMARY KEY (course_id, skill_code)
);

INSERT INTO school.course_skill
SELECT g / 10,
       'S' || lpad((g % 10)::text, 2, '0'),
       (g % 10000) / 10000.0,
       school.nasty(g + 7),
       CASE g % 3 WHEN 0 THEN NULL ELSE ARRAY[school.nasty(g), 'a,b', '{c}', '"d"'] END,
       CASE WHEN g % 6 <> 0 THEN json_build_object('steps', g % 6, 'text', school.nasty(g + 1), 'share', (g % 4) / 8.0) END,
       decode(md5('course' || g), 'hex'),
       (g % 256)::int::bit(8),
       CASE g % 3 WHEN 0 THEN NULL WHEN 1 THEN B'' ELSE B'10110' END,
       school.stamp(g, 10000)
FROM generate_series(1, 10000) AS g;

CREATE INDEX ON school.course_skill (last_updated);
