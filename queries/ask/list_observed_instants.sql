-- list_observed_instants: when some process was observed.
--
-- in   :to_ms  INTEGER  unix ms; none later
-- in   :known_seq  INTEGER  the newest snapshot that counts
-- out  observed_at_ms  INTEGER
-- rows by time, each instant once
SELECT observed_at_ms
FROM snapshot
WHERE observed_at_ms <= :to_ms AND snapshot_seq <= :known_seq AND process_count > 0
GROUP BY observed_at_ms
ORDER BY observed_at_ms;
