-- add_room_allocation: what was not yet known of an allocation.
--
-- in   :room_key  INTEGER
-- in   :allocation_no  INTEGER
-- in   :room_allocation_id  TEXT
-- in   :process_key  INTEGER
-- in   :scheduled_at_ms  INTEGER
-- in   :unscheduled_at_ms  INTEGER
-- in   :first_seen_ms  INTEGER
-- in   :last_seen_ms  INTEGER
-- in   :last_snapshot_seq  INTEGER
INSERT INTO room_allocation (
  room_key, allocation_no, room_allocation_id, process_key, scheduled_at_ms,
  unscheduled_at_ms, first_seen_ms, last_seen_ms, last_snapshot_seq
)
VALUES (
  :room_key, :allocation_no, :room_allocation_id, :process_key, :scheduled_at_ms,
  :unscheduled_at_ms, :first_seen_ms, :last_seen_ms, :last_snapshot_seq
);
