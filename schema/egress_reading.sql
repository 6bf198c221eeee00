-- One row is a reading of a process's counter as it counts: repaired, and made at the process's end
-- if it came after that. Below an earlier one it does not count.
CREATE VIEW egress_reading AS
SELECT
  curve.process_key AS process_key,
  observation.snapshot_seq AS snapshot_seq,
  curve.zero_ms AS zero_ms,
  curve.nothing_until_ms AS nothing_until_ms,
  CASE
    WHEN snapshot.observed_at_ms > curve.end_ms THEN curve.end_ms
    ELSE snapshot.observed_at_ms
  END AS at_ms,
  CASE
    WHEN observation.egressed_bytes < 0 THEN observation.egressed_bytes + 4294967296
    ELSE observation.egressed_bytes
  END AS bytes,
  CASE WHEN observation.egressed_bytes < 0 THEN 1 ELSE 0 END AS is_wrapped,
  CASE WHEN snapshot.observed_at_ms > curve.end_ms THEN 1 ELSE 0 END AS is_late
FROM egress_curve AS curve
JOIN observation ON observation.process_key = curve.process_key
JOIN snapshot ON snapshot.snapshot_seq = observation.snapshot_seq
WHERE observation.egressed_bytes IS NOT NULL;
