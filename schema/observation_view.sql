-- One row is one observation of one process's counter, as it came.
CREATE VIEW observation_view AS
SELECT
  process.process_id AS process_id,
  snapshot.observed_at_ms AS observed_at_ms,
  observation.egressed_bytes AS egressed_bytes,
  observation.snapshot_seq AS snapshot_seq
FROM observation
JOIN process ON process.process_key = observation.process_key
JOIN snapshot ON snapshot.snapshot_seq = observation.snapshot_seq;
