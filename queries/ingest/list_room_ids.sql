-- list_room_ids: the ids of all rooms, in no order that matters.
--
-- out  name  TEXT
-- rows one per room, by key
SELECT room_id AS name FROM room ORDER BY room_key;
