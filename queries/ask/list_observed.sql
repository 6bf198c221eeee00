-- list_observed: which snapshot saw which process, with which attributes. Reads every observation
-- of the processes seen in the window.
--
-- in   :from_ms  INTEGER  unix ms, inclusive
-- in   :to_ms  INTEGER  unix ms, inclusive: the last poll stands at the as-of itself
-- out  process_key  INTEGER
-- out  attribute_no  INTEGER
-- out  snapshot_seq  INTEGER
-- rows in the order of the key
SELECT
  observation.process_key AS process_key,
  observation.attribute_no AS attribute_no,
  observation.snapshot_seq AS snapshot_seq
FROM process
CROSS JOIN observation ON observation.process_key = process.process_key
WHERE process.first_seen_ms <= :to_ms AND process.last_seen_ms >= :from_ms
ORDER BY process.process_key, observation.snapshot_seq, observation.restated_attribute_no;
