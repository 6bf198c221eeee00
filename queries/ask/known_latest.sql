-- known_latest: the latest time that was known once.
--
-- in   :known_seq  INTEGER  the newest snapshot that counts
-- out  observed_at_ms  INTEGER
-- rows one at most: none of an empty store
SELECT observed_at_ms
FROM snapshot
WHERE snapshot_seq <= :known_seq
ORDER BY observed_at_ms DESC
LIMIT 1;
