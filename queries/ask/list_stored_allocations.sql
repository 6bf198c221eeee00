-- list_stored_allocations: the allocations that a document listed of one room.
--
-- in   :room_key  INTEGER
-- in   :snapshot_seq  INTEGER
-- in   :restatement  INTEGER
-- out  room_allocation_id  ANY
-- out  allocated_process_id  TEXT?
-- out  scheduled_at_ms  INTEGER?
-- out  unscheduled_at_ms  INTEGER?
-- rows as they were listed
SELECT
  allocation.room_allocation_id AS room_allocation_id,
  process.process_id AS allocated_process_id,
  allocation.scheduled_at_ms AS scheduled_at_ms,
  allocation.unscheduled_at_ms AS unscheduled_at_ms
FROM room_observation_allocation AS listed
JOIN room_allocation AS allocation
  ON allocation.room_key = listed.room_key AND allocation.allocation_no = listed.allocation_no
LEFT JOIN process ON process.process_key = allocation.process_key
WHERE
  listed.room_key = :room_key AND listed.snapshot_seq = :snapshot_seq
  AND listed.restatement = :restatement
ORDER BY listed.position;
