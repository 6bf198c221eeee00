-- list_late_room_configs: the configurations of rooms that were written last, the newest first.
--
-- in   :most  INTEGER  how many
-- out  room_config_key  INTEGER
-- out  room_config  TEXT
SELECT room_config_key, room_config
FROM room_config_text
ORDER BY room_config_key DESC
LIMIT :most;
