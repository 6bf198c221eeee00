-- list_stored_scopes: what every running list speaks for.
--
-- out  snapshot_seq  INTEGER
-- out  app_key  INTEGER
-- out  region_key  INTEGER  0: all regions of the app
-- out  started_floor_ms  INTEGER?
-- out  starting_floor_ms  INTEGER?
-- rows by the time of the lists, then by when these became known
SELECT
  snapshot_seq,
  app_key,
  region_key,
  started_floor_ms,
  starting_floor_ms
FROM list_scope
ORDER BY observed_at_ms, snapshot_seq, app_key, region_key;
