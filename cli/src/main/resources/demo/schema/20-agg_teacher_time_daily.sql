CREATE TABLE school.agg_teacher_time_daily (
  teacher_id uuid NOT NULL,
  day date NOT NULL,
  course_id bigint NOT NULL,
  school_id integer NOT NULL,
  minutes_active integer,
  sessions smallint,
  idle_seconds real,
  engagement double precision,
  breakdown jsonb,
  first_seen time,
  last_seen timetz,
  remark text,
  last_updated timestamptz,
  PRIMARY KEY (teacher_id, day, course_id)
);

INSERT INTO school.agg_teacher_time_daily
SELECT md5('teacher' || g / 40)::uuid,
       date '2024-08-01' + ((g % 40) / 2)::int,
       9000000000 + g % 2,
       g / 400,
       CASE WHEN g % 13 <> 0 THEN school.pick(g, 'minutes', 480) END,
       (school.pick(g, 'sessions', 65536) - 32768)::smallint,
       school.pick(g, 'idle', 100000) / 7.0,
       school.pick(g, 'engagement', 1000000) / 1e7,
       CASE WHEN g % 11 <> 0 THEN
         jsonb_build_object('video', g % 60, 'quiz', NULL, 'note', school.nasty(g), 'nested', jsonb_build_array(g, true, '{}'::jsonb))
       END,
       make_time((g % 24)::int, (g % 60)::int, (g % 60) + 0.123456),
       (make_time((g % 24)::int, 0, 0) || '-07:30')::timetz,
       school.nasty(g),
       school.stamp(g, 40000)
FROM generate_series(1, 40000) AS g;

CREATE INDEX ON school.agg_teacher_time_daily (last_updated);
