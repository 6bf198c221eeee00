-- known_earliest: the earliest time that was known once. Reads all that was said of processes.
--
-- in   :known_seq  INTEGER  the newest snapshot that counts
-- out  earliest_ms  INTEGER?  startingAt, startedAt or observed_at; NULL in an empty store
-- rows exactly one
SELECT min(earliest_ms) AS earliest_ms
FROM (
  SELECT min(starting_at_ms) AS earliest_ms
  FROM process_attribute
  WHERE snapshot_seq <= :known_seq
  UNION ALL
  SELECT min(started_at_ms) AS earliest_ms
  FROM process_attribute
  WHERE snapshot_seq <= :known_seq
  UNION ALL
  SELECT min(observed_at_ms) AS earliest_ms
  FROM snapshot
  WHERE snapshot_seq <= :known_seq
) AS said;
