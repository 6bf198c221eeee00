-- first_of_last_poll: of the documents that are true at the last instant up to a given one, the
-- one that became known first.
--
-- in   :at_ms  INTEGER
-- out  snapshot_seq  INTEGER
SELECT snapshot_seq
FROM snapshot
WHERE observed_at_ms = (SELECT max(observed_at_ms) FROM snapshot WHERE observed_at_ms <= :at_ms)
ORDER BY snapshot_seq
LIMIT 1;
