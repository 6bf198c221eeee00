-- add_process_activity: what a process was not yet known to do.
--
-- in   :process_key  INTEGER
-- in   :activity_no  INTEGER
-- in   :rooms_allocated  INTEGER?
-- in   :rooms_allocated_updated_at_ms  INTEGER?
-- in   :active_connections  ANY
-- in   :active_connections_updated_at_ms  INTEGER?
-- in   :room_slots_available  ANY
-- in   :room_slots_available_updated_at_ms  INTEGER?
-- in   :idle_since_ms  INTEGER?
-- in   :total_rooms  INTEGER?
-- in   :room_set_no  INTEGER?
-- bulk
INSERT INTO process_activity (
  process_key, activity_no, rooms_allocated, rooms_allocated_updated_at_ms, active_connections,
  active_connections_updated_after_ms, room_slots_available,
  room_slots_available_updated_after_ms, idle_since_after_ms, total_rooms, room_set_no
)
VALUES (
  :process_key, :activity_no, :rooms_allocated, :rooms_allocated_updated_at_ms,
  :active_connections,
  :active_connections_updated_at_ms - coalesce(:rooms_allocated_updated_at_ms, 0),
  :room_slots_available,
  :room_slots_available_updated_at_ms - coalesce(:rooms_allocated_updated_at_ms, 0),
  :idle_since_ms - coalesce(:rooms_allocated_updated_at_ms, 0),
  :total_rooms, :room_set_no
);
