-- add_process_activity: an activity that differs from what the process was last seen with.
--
-- in   :process_key  INTEGER
-- in   :activity_no  INTEGER
-- in   :snapshot_seq  INTEGER
-- in   :rooms_allocated  INTEGER
-- in   :rooms_allocated_updated_at_ms  INTEGER
-- in   :active_connections  ANY
-- in   :active_connections_updated_at_ms  INTEGER
-- in   :room_slots_available  ANY
-- in   :room_slots_available_updated_at_ms  INTEGER
-- in   :idle_since_ms  INTEGER
-- in   :total_rooms  INTEGER
-- in   :lists_rooms  INTEGER
-- in   :first_seen_ms  INTEGER
-- in   :last_seen_ms  INTEGER
INSERT INTO process_activity (
  process_key, activity_no, snapshot_seq, rooms_allocated, rooms_allocated_updated_at_ms,
  active_connections, active_connections_updated_at_ms, room_slots_available,
  room_slots_available_updated_at_ms, idle_since_ms, total_rooms, lists_rooms, first_seen_ms,
  last_seen_ms
)
VALUES (
  :process_key, :activity_no, :snapshot_seq, :rooms_allocated, :rooms_allocated_updated_at_ms,
  :active_connections, :active_connections_updated_at_ms, :room_slots_available,
  :room_slots_available_updated_at_ms, :idle_since_ms, :total_rooms, :lists_rooms,
  :first_seen_ms, :last_seen_ms
);
