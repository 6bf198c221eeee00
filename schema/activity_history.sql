-- One row is an activity that a process was seen with, and the span of the observations that said
-- so.
CREATE VIEW activity_history AS
SELECT
  process.process_id AS process_id,
  activity.first_seen_ms AS first_seen_ms,
  activity.last_seen_ms AS last_seen_ms,
  activity.rooms_allocated AS rooms_allocated,
  activity.rooms_allocated_updated_at_ms AS rooms_allocated_updated_at_ms,
  activity.active_connections AS active_connections,
  activity.active_connections_updated_at_ms AS active_connections_updated_at_ms,
  activity.room_slots_available AS room_slots_available,
  activity.room_slots_available_updated_at_ms AS room_slots_available_updated_at_ms,
  activity.idle_since_ms AS idle_since_ms,
  activity.total_rooms AS total_rooms
FROM process_activity AS activity
JOIN process ON process.process_key = activity.process_key;
