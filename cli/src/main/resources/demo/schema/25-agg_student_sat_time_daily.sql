CREATE TABLE school.agg_student_sat_time_daily (
  student_id bigint NOT NULL,
  day date NOT NULL,
  section school.sat_section NOT NULL,
  seconds bigint,
  score smallint,
  percentile numeric(5,2),
  pace double precision,
  fee money,
  source_ip inet,
  comment text,
  last_updated timestamptz,
  PRIMARY KEY (student_id, day, section)
);

INSERT INTO school.agg_student_sat_time_daily
SELECT g / 100,
       date '2024-09-01' + ((g % 100) / 4)::int,
       (enum_range(NULL::school.sat_section))[1 + g % 4],
       CASE WHEN g % 17 <> 0 THEN school.pick(g, 'seconds', 14400) END,
       (200 + school.pick(g, 'score', 601))::smallint,
       school.pick(g, 'percentile', 10001) / 100.0,
       CASE g % 1000 WHEN 1 THEN 'NaN' WHEN 2 THEN 'Infinity' WHEN 3 THEN '-Infinity' ELSE school.pick(g, 'pace', 100000) / 3e5 END,
       (school.pick(g, 'fee', 10000) / 100.0)::numeric::money,
       ('192.168.' || g % 256 || '.' || g % 199)::inet,
       school.nasty(g + 2),
       school.stamp(g, 40000)
FROM generate_series(1, 40000) AS g;

CREATE INDEX ON school.agg_student_sat_time_daily (last_updated);
