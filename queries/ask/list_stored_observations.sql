-- list_stored_observations: what every snapshot said of each process, by the numbers of what was
-- said.
--
-- out  snapshot_seq  INTEGER
-- out  process_key  INTEGER
-- out  process_id  TEXT
-- out  attribute_no  INTEGER
-- out  activity_no  INTEGER
-- out  egressed_bytes  INTEGER?  as it came
-- rows by the time of their snapshots, then by when these became known; within one, by process
SELECT
  observation.snapshot_seq AS snapshot_seq,
  observation.process_key AS process_key,
  process.process_id AS process_id,
  observation.attribute_no AS attribute_no,
  observation.activity_no AS activity_no,
  observation.egressed_bytes AS egressed_bytes
FROM observation
JOIN snapshot ON snapshot.snapshot_seq = observation.snapshot_seq
JOIN process ON process.process_key = observation.process_key
ORDER BY
  snapshot.observed_at_ms, observation.snapshot_seq, observation.process_key,
  observation.restated_attribute_no;
