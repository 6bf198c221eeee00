-- last_room_config_key: the largest key of a room's configuration.
--
-- out  room_config_key  INTEGER  0 in an empty store
SELECT coalesce(max(room_config_key), 0) AS room_config_key FROM room_config;
