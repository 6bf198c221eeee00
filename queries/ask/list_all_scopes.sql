-- list_all_scopes: every row of list_scope.
--
-- out  snapshot_seq  INTEGER
-- out  app_key  INTEGER
-- out  region_key  INTEGER
-- out  observed_at_ms  INTEGER
-- out  started_floor_ms  INTEGER?
-- out  starting_floor_ms  INTEGER?
-- rows by snapshot_seq, app_key and region_key
SELECT
  snapshot_seq, app_key, region_key, observed_at_ms, started_floor_ms, starting_floor_ms
FROM list_scope
ORDER BY snapshot_seq, app_key, region_key;
