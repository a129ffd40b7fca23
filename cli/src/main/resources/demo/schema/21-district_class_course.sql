CREATE TABLE school.district_class_course (
  district_id integer NOT NULL,
  class_id uuid NOT NULL,
  course_code text NOT NULL,
  course_name varchar(300),
  credits numeric(4,2),
  band school.grade_band,
  tags text[],
  active boolean,
  logo bytea,
  room char(8),
  created_at timestamp,
  last_updated timestamptz,
  PRIMARY KEY (district_id, class_id, course_code)
);

INSERT INTO school.district_class_course
SELECT g % 50,
       md5('class' || g / 3)::uuid,
       -- Upper and lower case, quotes and letters beyond ASCII in a key: order and equality must be bytewise.
       (ARRAY['ALG-1', 'alg-1', 'ART, "fine"', 'Ökologie', 'zz^top'])[1 + g % 5] || '/' || g,
       school.nasty(g + 5),
       CASE WHEN g % 9 <> 0 THEN school.pick(g, 'credits', 19999) / 100.0 - 99.99 END,
       (enum_range(NULL::school.grade_band))[1 + g % 5],
       CASE g % 4 WHEN 0 THEN NULL WHEN 1 THEN '{}' ELSE ARRAY['tag' || g % 7, school.nasty(g), NULL] END,
       CASE g % 3 WHEN 0 THEN NULL ELSE g % 3 = 1 END,
       CASE g % 5 WHEN 0 THEN NULL WHEN 1 THEN '' ELSE decode(repeat(md5(g::text), 5), 'hex') END,
       'R' || g % 100,
       timestamp '2020-02-29 23:59:59.999999' + g * interval '7 minutes',
       school.stamp(g, 20000)
FROM generate_series(1, 20000) AS g;

CREATE INDEX ON school.district_class_course (last_updated);
