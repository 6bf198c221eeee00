-- add_room: a room that is named for the first time.
--
-- in   :room_id  TEXT
INSERT INTO room (room_id) VALUES (:room_id);
