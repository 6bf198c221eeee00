-- count_rejects: what was wrong in the documents of a span of time.
--
-- in   :from_ms  INTEGER  unix ms, inclusive
-- in   :to_ms  INTEGER  unix ms, exclusive
-- in   :known_seq  INTEGER  the newest snapshot that counts
-- out  rejects  INTEGER
-- rows exactly one
SELECT count(*) AS rejects
FROM reject
JOIN snapshot ON snapshot.snapshot_seq = reject.snapshot_seq
WHERE snapshot.observed_at_ms >= :from_ms
  AND snapshot.observed_at_ms < :to_ms
  AND snapshot.snapshot_seq <= :known_seq;
