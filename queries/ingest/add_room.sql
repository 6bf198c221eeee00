-- add_room: a room that is named for the first time.
--
-- in   :room_key  INTEGER
-- in   :room_id  TEXT
-- bulk
INSERT INTO room (room_key, room_id) VALUES (:room_key, :room_id);
