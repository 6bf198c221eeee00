-- last_known: the newest snapshot, and the greatest number of a process.
--
-- out  snapshot_seq  INTEGER?  NULL in an empty store
-- out  process_key  INTEGER?
-- rows exactly one
SELECT
  (SELECT max(snapshot_seq) FROM snapshot) AS snapshot_seq,
  (SELECT max(process_key) FROM process) AS process_key;
