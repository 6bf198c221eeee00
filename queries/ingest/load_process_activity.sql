-- load_process_activity: one activity of one process.
--
-- in   :process_key  INTEGER
-- in   :activity_no  INTEGER
-- out  rooms_allocated  INTEGER?
-- out  rooms_allocated_updated_at_ms  INTEGER?
-- out  active_connections  ANY
-- out  active_connections_updated_at_ms  INTEGER?
-- out  room_slots_available  ANY
-- out  room_slots_available_updated_at_ms  INTEGER?
-- out  idle_since_ms  INTEGER?
-- out  total_rooms  INTEGER?
-- out  room_set_no  INTEGER?
SELECT
  rooms_allocated,
  rooms_allocated_updated_at_ms,
  active_connections,
  active_connections_updated_after_ms + coalesce(rooms_allocated_updated_at_ms, 0)
    AS active_connections_updated_at_ms,
  room_slots_available,
  room_slots_available_updated_after_ms + coalesce(rooms_allocated_updated_at_ms, 0)
    AS room_slots_available_updated_at_ms,
  idle_since_after_ms + coalesce(rooms_allocated_updated_at_ms, 0) AS idle_since_ms,
  total_rooms,
  room_set_no
FROM process_activity
WHERE process_key = :process_key AND activity_no = :activity_no;
