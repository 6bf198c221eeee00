-- One row is a stay of a room on a process: an allocation as it was last known, or (with a NULL
-- allocation) a room that a process listed without saying how it came there.
CREATE VIEW room_on_process AS
WITH said AS (
  SELECT
    fact.room_key AS room_key,
    fact.allocation_no AS allocation_no,
    first.observed_at_ms AS first_seen_ms,
    last.observed_at_ms AS last_seen_ms,
    fact.last_snapshot_seq AS last_snapshot_seq
  FROM room_fact AS fact
  JOIN snapshot AS first ON first.snapshot_seq = fact.first_snapshot_seq
  JOIN snapshot AS last ON last.snapshot_seq = fact.last_snapshot_seq
  UNION ALL
  SELECT
    listed.room_key, listed.allocation_no, snapshot.observed_at_ms, snapshot.observed_at_ms,
    listed.snapshot_seq
  FROM room_observation_allocation AS listed
  JOIN snapshot ON snapshot.snapshot_seq = listed.snapshot_seq
),
named AS (
  SELECT
    room_key, allocation_no, process_key, scheduled_at_ms, unscheduled_at_ms,
    CASE typeof(room_allocation_id)
      WHEN 'blob' THEN substr(digits, 1, 8) || '-' || substr(digits, 9, 4) || '-'
        || substr(digits, 13, 4) || '-' || substr(digits, 17, 4) || '-' || substr(digits, 21)
      ELSE room_allocation_id
    END AS room_allocation_id
  FROM (SELECT *, lower(hex(room_allocation_id)) AS digits FROM room_allocation)
),
stay AS (
  SELECT
    allocation.room_key AS room_key,
    allocation.process_key AS process_key,
    allocation.room_allocation_id AS room_allocation_id,
    allocation.scheduled_at_ms AS scheduled_at_ms,
    allocation.unscheduled_at_ms AS unscheduled_at_ms,
    min(said.first_seen_ms) OVER one AS first_seen_ms,
    said.last_seen_ms AS last_seen_ms,
    row_number() OVER (
      one ORDER BY said.last_seen_ms DESC, said.last_snapshot_seq DESC, said.allocation_no DESC
    ) AS place
  FROM said
  JOIN named AS allocation
    ON allocation.room_key = said.room_key AND allocation.allocation_no = said.allocation_no
  WINDOW one AS (
    PARTITION BY allocation.room_key, allocation.room_allocation_id, allocation.process_key
  )
)
SELECT
  room.room_id AS room_id,
  process.process_id AS process_id,
  stay.room_allocation_id AS room_allocation_id,
  stay.scheduled_at_ms AS scheduled_at_ms,
  stay.unscheduled_at_ms AS unscheduled_at_ms,
  stay.first_seen_ms AS first_seen_ms,
  stay.last_seen_ms AS last_seen_ms
FROM stay
JOIN room ON room.room_key = stay.room_key
LEFT JOIN process ON process.process_key = stay.process_key
WHERE stay.place = 1
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
JOIN room_fact AS fact
  ON fact.room_key = listed.room_key AND fact.room_fact_no = listed.room_fact_no
LEFT JOIN room_allocation AS allocation
  ON allocation.room_key = fact.room_key AND allocation.allocation_no = fact.allocation_no
JOIN process_activity AS activity
  ON activity.process_key = listed.process_key AND activity.room_set_no = listed.room_set_no
JOIN observation
  ON observation.process_key = activity.process_key
  AND observation.activity_no = activity.activity_no
JOIN snapshot ON snapshot.snapshot_seq = observation.snapshot_seq
JOIN room ON room.room_key = listed.room_key
JOIN process ON process.process_key = listed.process_key
WHERE allocation.process_key IS NOT listed.process_key
GROUP BY listed.room_key, listed.process_key;
