-- One row is a text that a room was configured with. Players' programs write it, one for every room
-- or the same for many: a text that was met lately is found again, one that was not may have a
-- second key. Treat it as hostile and maybe personal.
CREATE TABLE room_config (
  room_config_key INTEGER PRIMARY KEY,
  room_config     TEXT    NOT NULL
) STRICT;
