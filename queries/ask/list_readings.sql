-- list_readings: the counter of one process, as it was read.
--
-- in   :process_key  INTEGER
-- in   :known_seq  INTEGER  the newest snapshot that counts
-- out  observed_at_ms  INTEGER
-- out  egressed_bytes  INTEGER  as it came
-- out  snapshot_seq  INTEGER
-- rows in the order in which they became known
SELECT
  snapshot.observed_at_ms AS observed_at_ms,
  observation.egressed_bytes AS egressed_bytes,
  observation.snapshot_seq AS snapshot_seq
FROM observation
JOIN snapshot ON snapshot.snapshot_seq = observation.snapshot_seq
WHERE observation.process_key = :process_key
  AND observation.snapshot_seq <= :known_seq
  AND observation.egressed_bytes IS NOT NULL
ORDER BY observation.snapshot_seq, observation.restatement;
