CREATE SCHEMA school;
CREATE SCHEMA aviation;

CREATE TYPE school.grade_band AS ENUM ('K-2', '3-5', '6-8', '9-12', 'o''ther "mixed", all');
CREATE TYPE school.skill_level AS ENUM ('novice', 'emerging', 'proficient', 'advanced');
-- Declared in an order that is not the alphabet's: the two sides would sort it differently.
CREATE TYPE school.sat_section AS ENUM ('reading', 'writing', 'math', 'essay');

-- The stamp of generated row g of n: three rows share each stamp, and the newest is demo.now.
CREATE FUNCTION school.stamp(g bigint, n bigint) RETURNS timestamptz LANGUAGE sql STABLE AS
$$ SELECT current_setting('demo.now')::timestamptz - ((n - g) / 3) * interval '1.000137 seconds' $$;

-- A text that every careless pipeline breaks on, chosen by g; one in 16 is NULL, one in 16 is empty.
CREATE FUNCTION school.nasty(g bigint) RETURNS text LANGUAGE sql IMMUTABLE AS
$$
  SELECT CASE g % 16
    WHEN 0 THEN NULL
    WHEN 1 THEN ''
    WHEN 2 THEN 'plain ' || g
    WHEN 3 THEN 'says "hello", twice: ""'
    WHEN 4 THEN 'comma, caret ^ pipe | tab' || E'\t' || 'end'
    WHEN 5 THEN E'two\nlines'
    WHEN 6 THEN E'carriage\r\nreturn'
    WHEN 7 THEN E'back\\slash \\N \\.'
    WHEN 8 THEN 'NULL'
    WHEN 9 THEN ' spaces around '
    WHEN 10 THEN 'emoji 🎓👩🏽‍🏫 and Ζήτα'
    WHEN 11 THEN '"'
    WHEN 12 THEN E'\n'
    WHEN 13 THEN E'unit\u001Fseparator'
    WHEN 14 THEN ',,,^^^'''''
    ELSE repeat('long ', 40) || g
  END
$$;

-- A number from 0 to limit - 1 that looks random and is the same everywhere.
CREATE FUNCTION school.pick(g bigint, salt text, lim int) RETURNS int LANGUAGE sql IMMUTABLE AS
$$ SELECT (('x' || substr(md5(salt || g), 1, 7))::bit(28)::int) % lim $$;
