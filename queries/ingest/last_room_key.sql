-- last_room_key: the largest key of a room.
--
-- out  room_key  INTEGER  0 in an empty store
SELECT coalesce(max(room_key), 0) AS room_key FROM room;
