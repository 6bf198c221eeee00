-- One row is a room that some document named.
CREATE TABLE room (
  room_key INTEGER PRIMARY KEY,
  room_id  TEXT    NOT NULL UNIQUE,
  CONSTRAINT room_id_is_not_empty CHECK (room_id <> '')
) STRICT;
