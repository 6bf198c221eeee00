-- list_holds: whether a list speaks for one more app and region.
--
-- in   :app_key  INTEGER
-- in   :region_key  INTEGER
-- in   :observed_at_ms  INTEGER
-- in   :snapshot_seq  INTEGER
-- out  snapshot_seq  INTEGER
SELECT snapshot_seq
FROM list_scope
WHERE app_key = :app_key
  AND region_key = :region_key
  AND observed_at_ms = :observed_at_ms
  AND snapshot_seq = :snapshot_seq;
