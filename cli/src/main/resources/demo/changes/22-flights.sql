UPDATE aviation.flights SET delay_minutes = delay_minutes + 1,
  last_updated = greatest(
    (SELECT max(last_updated) FROM aviation.flights) - interval '4 minutes',
    current_setting('demo.now')::timestamptz - interval '10 minutes')
WHERE id % 500 = 1;

UPDATE aviation.flights SET delay_minutes = NULL, last_updated = current_setting('demo.now')::timestamptz
WHERE id % 100 = 7;

UPDATE aviation.flights SET destination = origin, distance_miles = 0, last_updated = current_setting('demo.now')::timestamptz + interval '1 microsecond'
WHERE id % 1000 = 9;

INSERT INTO aviation.flights (id, departed_at, delay_minutes, distance_miles, origin, destination, last_updated)
SELECT (SELECT max(id) FROM aviation.flights) + g, timestamp '2001-07-01 00:00' + g * interval '1 minute', 0, 187, 'JFK', 'BOS', current_setting('demo.now')::timestamptz
FROM generate_series(1, 1000) AS g;
