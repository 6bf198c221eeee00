-- list_lists: the running lists that speak for a scope, in time order.
--
-- in   :app_key  INTEGER
-- in   :region_key  INTEGER  0: all regions of the app
-- in   :from_ms  INTEGER  unix ms, inclusive
-- in   :to_ms  INTEGER  unix ms, exclusive
-- in   :known_seq  INTEGER  the newest snapshot that counts
-- out  observed_at_ms  INTEGER
-- out  snapshot_seq  INTEGER
-- out  started_floor_ms  INTEGER?  NULL: it was not cut
-- out  starting_floor_ms  INTEGER?
-- rows by time, then by when they became known
SELECT observed_at_ms, snapshot_seq, started_floor_ms, starting_floor_ms
FROM list_scope
WHERE app_key = :app_key
  AND region_key = :region_key
  AND observed_at_ms >= :from_ms
  AND observed_at_ms < :to_ms
  AND snapshot_seq <= :known_seq
ORDER BY observed_at_ms, snapshot_seq;
