-- One row is an activity that a process was seen with, and the span of the observations that said
-- so.
CREATE VIEW activity_history AS
SELECT
  process.process_id AS process_id,
  min(snapshot.observed_at_ms) AS first_seen_ms,
  max(snapshot.observed_at_ms) AS last_seen_ms,
  activity.rooms_allocated AS rooms_allocated,
  activity.rooms_allocated_updated_at_ms AS rooms_allocated_updated_at_ms,
  activity.active_connections AS active_connections,
  activity.active_connections_updated_after_ms
    + coalesce(activity.rooms_allocated_updated_at_ms, 0) AS active_connections_updated_at_ms,
  activity.room_slots_available AS room_slots_available,
  activity.room_slots_available_updated_after_ms
    + coalesce(activity.rooms_allocated_updated_at_ms, 0) AS room_slots_available_updated_at_ms,
  activity.idle_since_after_ms + coalesce(activity.rooms_allocated_updated_at_ms, 0)
    AS idle_since_ms,
  activity.total_rooms AS total_rooms
FROM process
JOIN observation ON observation.process_key = process.process_key
JOIN snapshot ON snapshot.snapshot_seq = observation.snapshot_seq
JOIN process_activity AS activity
  ON activity.process_key = observation.process_key
  AND activity.activity_no = observation.activity_no
GROUP BY process.process_id, activity.activity_no;
