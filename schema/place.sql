-- One row is an app and a region that some process was in together, numbered from 0 in the order in
-- which they were first seen.
CREATE TABLE place (
  place_no   INTEGER PRIMARY KEY,
  app_key    INTEGER NOT NULL,  -- 0 for none
  region_key INTEGER NOT NULL,
  UNIQUE (app_key, region_key)
) STRICT;
