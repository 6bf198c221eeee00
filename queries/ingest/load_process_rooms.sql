-- load_process_rooms: the rooms of one list, as they were listed.
--
-- in   :process_key  INTEGER
-- in   :room_set_no  INTEGER
-- out  room_key  INTEGER
-- out  room_fact_no  INTEGER
-- out  is_unplaced  INTEGER
SELECT room_key, room_fact_no, is_unplaced
FROM process_room
WHERE process_key = :process_key AND room_set_no = :room_set_no
ORDER BY position;
