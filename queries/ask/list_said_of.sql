-- list_said_of: what each snapshot said of one process, by the numbers of what was said.
--
-- in   :process_key  INTEGER
-- out  snapshot_seq  INTEGER
-- out  observed_at_ms  INTEGER
-- out  restatement  INTEGER
-- out  attribute_no  INTEGER
-- out  activity_no  INTEGER
-- out  egressed_bytes  INTEGER?  as it came
-- rows in the order of the key, in which they became known
SELECT
  observation.snapshot_seq AS snapshot_seq,
  snapshot.observed_at_ms AS observed_at_ms,
  observation.restatement AS restatement,
  observation.attribute_no AS attribute_no,
  observation.activity_no AS activity_no,
  observation.egressed_bytes AS egressed_bytes
FROM observation
JOIN snapshot ON snapshot.snapshot_seq = observation.snapshot_seq
WHERE observation.process_key = :process_key
ORDER BY observation.snapshot_seq, observation.restated_attribute_no;
