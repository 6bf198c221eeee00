-- listed_stay: one row is a room that a process listed without saying how it came there.
-- needs: nothing

-- The rooms of each list of a process that have no allocation to that process.
unplaced_room AS MATERIALIZED (
  SELECT DISTINCT
    listed.process_key AS process_key,
    listed.room_set_no AS room_set_no,
    listed.room_key AS room_key
  FROM process_room AS listed
  WHERE listed.is_unplaced = 1
),
-- When a process was seen with such a list.
list_span AS (
  SELECT
    observation.process_key AS process_key,
    activity.room_set_no AS room_set_no,
    min(snapshot.observed_at_ms) AS first_seen_ms,
    max(snapshot.observed_at_ms) AS last_seen_ms
  FROM (SELECT DISTINCT process_key FROM unplaced_room) AS lister
  CROSS JOIN observation
  CROSS JOIN process_activity AS activity
  CROSS JOIN snapshot
  WHERE observation.process_key = lister.process_key
    AND activity.process_key = observation.process_key
    AND activity.activity_no = observation.activity_no
    AND activity.room_set_no > 0
    AND snapshot.snapshot_seq = observation.snapshot_seq
  GROUP BY observation.process_key, activity.room_set_no
),
listed_stay AS (
  SELECT
    unplaced_room.room_key AS room_key,
    unplaced_room.process_key AS process_key,
    min(list_span.first_seen_ms) AS first_seen_ms,
    max(list_span.last_seen_ms) AS last_seen_ms
  FROM unplaced_room
  JOIN list_span
    ON list_span.process_key = unplaced_room.process_key
    AND list_span.room_set_no = unplaced_room.room_set_no
  GROUP BY unplaced_room.room_key, unplaced_room.process_key
)
