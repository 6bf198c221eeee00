-- load_room_allocations: everything said of the allocations of one room, in the order it was met.
--
-- in   :room_key  INTEGER
-- out  room_allocation_id  TEXT
-- out  process_key  INTEGER
-- out  scheduled_at_ms  INTEGER
-- out  unscheduled_at_ms  INTEGER
-- out  first_seen_ms  INTEGER
-- out  last_seen_ms  INTEGER
-- out  last_snapshot_seq  INTEGER
SELECT
  room_allocation_id,
  process_key,
  scheduled_at_ms,
  unscheduled_at_ms,
  first_seen_ms,
  last_seen_ms,
  last_snapshot_seq
FROM room_allocation
WHERE room_key = :room_key
ORDER BY allocation_no;
