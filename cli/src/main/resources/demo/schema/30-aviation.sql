CREATE TABLE aviation.airports (
  iata text PRIMARY KEY,
  name text NOT NULL,
  city text,
  state text,
  country text,
  latitude double precision,
  longitude double precision,
  last_updated timestamptz NOT NULL
);

CREATE TABLE aviation.bird_strikes (
  id integer PRIMARY KEY,
  airport_name text,
  aircraft_make_model text,
  damage text,
  flight_date date,
  operator text,
  origin_state text,
  phase_of_flight text,
  wildlife_size text,
  wildlife_species text,
  time_of_day text,
  cost_other numeric(12,2),
  cost_repair numeric(12,2),
  cost_total numeric(12,2),
  speed_knots integer,
  last_updated timestamptz NOT NULL
);

CREATE TABLE aviation.flights (
  id bigint PRIMARY KEY,
  departed_at timestamp NOT NULL,
  delay_minutes integer,
  distance_miles integer NOT NULL,
  origin char(3) NOT NULL,
  destination char(3) NOT NULL,
  last_updated timestamptz NOT NULL
);
