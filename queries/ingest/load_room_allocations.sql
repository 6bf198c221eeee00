-- load_room_allocations: everything said of the allocations of one room, in the order it was met.
--
-- in   :room_key  INTEGER
-- out  room_allocation_id  ANY
-- out  process_key  INTEGER?
-- out  scheduled_at_ms  INTEGER?
-- out  unscheduled_at_ms  INTEGER?
SELECT
  room_allocation_id,
  process_key,
  scheduled_at_ms,
  unscheduled_at_ms
FROM room_allocation
WHERE room_key = :room_key
ORDER BY allocation_no;
