UPDATE aviation.airports SET name = name || ' (renamed)', last_updated = current_setting('demo.now')::timestamptz
WHERE state = 'VT';

UPDATE aviation.airports SET city = NULL, state = NULL, last_updated = current_setting('demo.now')::timestamptz
WHERE city = 'NA';
