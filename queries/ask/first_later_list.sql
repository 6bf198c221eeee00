-- first_later_list: when the earliest running list was true of those that became known after a snapshot.
--
-- in   :known_seq  INTEGER
-- out  observed_at_ms  INTEGER?  NULL: there is none
-- rows exactly one
SELECT min(observed_at_ms) AS observed_at_ms
FROM snapshot
WHERE snapshot_seq > :known_seq AND list_proof IS NOT NULL;
