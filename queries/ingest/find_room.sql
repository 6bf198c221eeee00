-- find_room: the key of a room.
--
-- in   :room_id  TEXT
-- out  room_key  INTEGER
SELECT room_key FROM room WHERE room_id = :room_id;
