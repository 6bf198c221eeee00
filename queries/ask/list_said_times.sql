-- list_said_times: the times of its life that each observation of one process said.
--
-- in   :process_key  INTEGER
-- in   :known_seq  INTEGER  the newest snapshot that counts
-- out  observed_at_ms  INTEGER
-- out  snapshot_seq  INTEGER
-- out  starting_at_ms  INTEGER?
-- out  started_at_ms  INTEGER?
-- out  stopping_at_ms  INTEGER?
-- out  terminated_at_ms  INTEGER?
-- rows by time, then by when they became known
SELECT
  snapshot.observed_at_ms AS observed_at_ms,
  observation.snapshot_seq AS snapshot_seq,
  attribute.starting_at_ms AS starting_at_ms,
  attribute.started_at_ms AS started_at_ms,
  attribute.stopping_at_ms AS stopping_at_ms,
  attribute.terminated_at_ms AS terminated_at_ms
FROM observation
JOIN snapshot ON snapshot.snapshot_seq = observation.snapshot_seq
JOIN process_attribute AS attribute
  ON attribute.process_key = observation.process_key
  AND attribute.attribute_no = observation.attribute_no
WHERE observation.process_key = :process_key AND observation.snapshot_seq <= :known_seq
ORDER BY snapshot.observed_at_ms, observation.snapshot_seq, observation.restatement;
