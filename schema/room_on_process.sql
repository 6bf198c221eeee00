-- One row is a stay of a room on a process: an allocation as it was last known, or (with a NULL
-- allocation) a room that a process listed without saying how it came there.
CREATE VIEW room_on_process AS
SELECT
  room.room_id AS room_id,
  process.process_id AS process_id,
  allocation.room_allocation_id AS room_allocation_id,
  allocation.scheduled_at_ms AS scheduled_at_ms,
  allocation.unscheduled_at_ms AS unscheduled_at_ms,
  (
    SELECT min(same.first_seen_ms) FROM room_allocation AS same
    WHERE same.room_key = allocation.room_key
      AND same.room_allocation_id = allocation.room_allocation_id
      AND same.process_key IS allocation.process_key
  ) AS first_seen_ms,
  allocation.last_seen_ms AS last_seen_ms
FROM room_allocation AS allocation
JOIN room ON room.room_key = allocation.room_key
LEFT JOIN process ON process.process_key = allocation.process_key
WHERE allocation.allocation_no = (
  SELECT latest.allocation_no FROM room_allocation AS latest
  WHERE latest.room_key = allocation.room_key
    AND latest.room_allocation_id = allocation.room_allocation_id
    AND latest.process_key IS allocation.process_key
  ORDER BY latest.last_seen_ms DESC, latest.last_snapshot_seq DESC, latest.allocation_no DESC
  LIMIT 1
)
UNION ALL
SELECT
  room.room_id AS room_id,
  process.process_id AS process_id,
  NULL AS room_allocation_id,
  NULL AS scheduled_at_ms,
  NULL AS unscheduled_at_ms,
  min(snapshot.observed_at_ms) AS first_seen_ms,
  max(snapshot.observed_at_ms) AS last_seen_ms
FROM process_room AS listed
JOIN observation
  ON observation.process_key = listed.process_key AND observation.activity_no = listed.activity_no
JOIN snapshot ON snapshot.snapshot_seq = observation.snapshot_seq
JOIN room ON room.room_key = listed.room_key
JOIN process ON process.process_key = listed.process_key
JOIN room_fact AS fact
  ON fact.room_key = listed.room_key AND fact.room_fact_no = listed.room_fact_no
LEFT JOIN room_allocation AS allocation
  ON allocation.room_key = fact.room_key AND allocation.allocation_no = fact.allocation_no
WHERE allocation.process_key IS NOT listed.process_key
GROUP BY listed.room_key, listed.process_key;
