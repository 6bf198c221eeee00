-- One row is what the rollups know of one observed process: where in time everything that it adds to
-- them begins and ends, and how far the curve of its egress has come.
CREATE TABLE process_meter (
  process_key      INTEGER PRIMARY KEY REFERENCES process (process_key),
  app_key          INTEGER NOT NULL,  -- the group it is in; 0 for none
  deployment_key   INTEGER NOT NULL,
  region_key       INTEGER NOT NULL,
  extent           INTEGER NOT NULL,  -- to_ms - from_ms is less than 2^(16 + extent)
  from_ms          INTEGER NOT NULL,  -- nothing begins or ends before
  to_ms            INTEGER NOT NULL,  -- nothing begins or ends after, but for
  tail_ms          INTEGER,           -- what ends at this later instant, were it lost
  irregular        INTEGER NOT NULL,  -- 1: not in the rollups, to be asked for itself
  first_reading_ms INTEGER,           -- NULL: it has no reading
  rise_ms          INTEGER,           -- up to here surely nothing had left; NULL: 0 bytes
  top_ms           INTEGER,           -- when its total was first read
  last_reading_ms  INTEGER,           -- at most its end
  egress_bytes     INTEGER,           -- the total, cleaned
  below            INTEGER NOT NULL,  -- 1: the last reading lies below the total
  plain            INTEGER NOT NULL,  -- 1: its readings came in order, none below another
  unended_ms       INTEGER            -- when it started, while neither it nor a list says its end
) STRICT;
CREATE INDEX process_meter_by_time ON process_meter (extent, from_ms);
CREATE INDEX process_meter_by_region ON process_meter (region_key);
CREATE INDEX process_meter_by_tail ON process_meter (tail_ms) WHERE tail_ms IS NOT NULL;
CREATE INDEX process_meter_irregular ON process_meter (process_key) WHERE irregular = 1;
CREATE INDEX process_meter_unended ON process_meter (app_key, region_key, unended_ms)
WHERE unended_ms IS NOT NULL;
