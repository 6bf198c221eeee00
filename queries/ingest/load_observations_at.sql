-- load_observations_at: what is already known of one process at one instant.
--
-- in   :process_key  INTEGER
-- in   :observed_at_ms  INTEGER  unix ms
-- in   :this_snapshot_seq  INTEGER  the document being written, which has no row yet
-- out  snapshot_seq  INTEGER
-- out  egressed_bytes  INTEGER
-- out  attribute_no  INTEGER
-- out  activity_no  INTEGER
SELECT
  observation.snapshot_seq AS snapshot_seq,
  observation.egressed_bytes AS egressed_bytes,
  observation.attribute_no AS attribute_no,
  observation.activity_no AS activity_no
FROM observation
LEFT JOIN snapshot ON snapshot.snapshot_seq = observation.snapshot_seq
WHERE observation.process_key = :process_key AND (
    snapshot.observed_at_ms = :observed_at_ms
    OR observation.snapshot_seq = :this_snapshot_seq
  )
ORDER BY observation.snapshot_seq, observation.restatement;
