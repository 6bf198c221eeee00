-- list_snapshots: when the snapshots of a span of time were true.
--
-- in   :from_ms  INTEGER  unix ms, inclusive
-- in   :to_ms  INTEGER  unix ms, inclusive: the last poll stands at the as-of itself
-- in   :known_seq  INTEGER  the newest snapshot that counts
-- out  snapshot_seq  INTEGER
-- out  observed_at_ms  INTEGER
-- out  capped  INTEGER  1: the list was cut
-- rows by time, then by when they became known
SELECT snapshot_seq, observed_at_ms, capped
FROM snapshot
WHERE observed_at_ms >= :from_ms AND observed_at_ms <= :to_ms AND snapshot_seq <= :known_seq
ORDER BY observed_at_ms, snapshot_seq;
