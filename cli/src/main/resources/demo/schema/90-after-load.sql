CREATE INDEX ON aviation.airports (last_updated);
CREATE INDEX ON aviation.bird_strikes (last_updated);
CREATE INDEX ON aviation.flights (last_updated);
ANALYZE;
