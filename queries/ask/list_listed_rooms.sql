-- list_listed_rooms: what a process's list said of its rooms.
--
-- in   :process_key  INTEGER
-- in   :room_set_no  INTEGER
-- out  room_key  INTEGER
-- out  room_fact_no  INTEGER
-- part: room_contract
-- rows as they were listed
SELECT
  listed.room_key AS room_key,
  listed.room_fact_no AS room_fact_no,
  -- part: room_columns
FROM process_room AS listed
JOIN room ON room.room_key = listed.room_key
JOIN room_fact AS fact
  ON fact.room_key = listed.room_key AND fact.room_fact_no = listed.room_fact_no
LEFT JOIN room_allocation AS allocation
  ON allocation.room_key = fact.room_key AND allocation.allocation_no = fact.allocation_no
LEFT JOIN process ON process.process_key = allocation.process_key
WHERE listed.process_key = :process_key AND listed.room_set_no = :room_set_no
ORDER BY listed.position;
