UPDATE aviation.bird_strikes SET cost_total = cost_total + 0.01,
  last_updated = greatest(
    (SELECT max(last_updated) FROM aviation.bird_strikes) - interval '4 minutes',
    current_setting('demo.now')::timestamptz - interval '10 minutes')
WHERE id % 100 = 1;

UPDATE aviation.bird_strikes SET speed_knots = NULL, wildlife_species = 'Corrected, "sic"', last_updated = current_setting('demo.now')::timestamptz
WHERE id % 100 = 2;
