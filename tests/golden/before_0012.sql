-- Before 0012 the configurations of rooms were whole texts; in before_0011.sql they are labels.
-- since: 11
INSERT INTO room_config (room_config_key, room_config)
SELECT room_config_key, room_config FROM newest.room_config_text;
