-- load_readings: the counter of one process, as it was read.
--
-- in   :process_key  INTEGER
-- in   :unsaved_at_ms  INTEGER  of the document being written, which has no row yet
-- out  snapshot_seq  INTEGER
-- out  restatement  INTEGER
-- out  observed_at_ms  INTEGER
-- out  egressed_bytes  INTEGER  as it came
-- rows in the order in which they became known
SELECT
  observation.snapshot_seq AS snapshot_seq,
  observation.restatement AS restatement,
  coalesce(snapshot.observed_at_ms, :unsaved_at_ms) AS observed_at_ms,
  observation.egressed_bytes AS egressed_bytes
FROM observation
LEFT JOIN snapshot ON snapshot.snapshot_seq = observation.snapshot_seq
WHERE observation.process_key = :process_key AND observation.egressed_bytes IS NOT NULL
ORDER BY observation.snapshot_seq, observation.restated_attribute_no;
