-- add_room_config: a text that a room was configured with and that was not met lately.
--
-- in   :room_config_key  INTEGER
-- in   :room_config  TEXT
-- bulk
INSERT INTO room_config (room_config_key, room_config) VALUES (:room_config_key, :room_config);
