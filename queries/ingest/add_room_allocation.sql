-- add_room_allocation: what was not yet known of an allocation.
--
-- in   :room_key  INTEGER
-- in   :allocation_no  INTEGER
-- in   :room_allocation_id  ANY
-- in   :process_key  INTEGER?
-- in   :scheduled_at_ms  INTEGER?
-- in   :unscheduled_at_ms  INTEGER?
-- in   :is_unlisted  INTEGER  1: the process need not have listed the room
-- bulk
INSERT INTO room_allocation (
  room_key, allocation_no, room_allocation_id, process_key, scheduled_at_ms,
  unscheduled_at_ms, is_unlisted
)
VALUES (
  :room_key, :allocation_no, :room_allocation_id, :process_key, :scheduled_at_ms,
  :unscheduled_at_ms, :is_unlisted
);
