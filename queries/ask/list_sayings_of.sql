-- list_sayings_of: which attributes each snapshot named for one process, and when.
--
-- in   :process_key  INTEGER
-- in   :known_seq  INTEGER  the newest snapshot that counts
-- out  attribute_no  INTEGER
-- out  observed_at_ms  INTEGER
-- out  snapshot_seq  INTEGER
-- out  restatement  INTEGER
-- rows in the order in which they became known
SELECT
  observation.attribute_no AS attribute_no,
  snapshot.observed_at_ms AS observed_at_ms,
  observation.snapshot_seq AS snapshot_seq,
  observation.restatement AS restatement
FROM observation
JOIN snapshot ON snapshot.snapshot_seq = observation.snapshot_seq
WHERE observation.process_key = :process_key AND observation.snapshot_seq <= :known_seq
ORDER BY observation.snapshot_seq, observation.restated_attribute_no;
