-- One row is a text that a room was configured with. Players' programs write it, one for every room
-- or the same for many: a text that was met lately is found again, one that was not may have a
-- second key. Treat it as hostile and maybe personal. Most of such a text is the same for thousands
-- of rooms, so it stands here in parts; the view room_config_text shows the whole.
CREATE TABLE room_config (
  room_config_key INTEGER PRIMARY KEY,
  form_key        INTEGER REFERENCES room_config_form (form_key),  -- NULL: part_1 is the text
  part_1          ANY     NOT NULL,  -- integer, the 16 bytes of a UUID, or any other text
  part_2          ANY,               -- likewise; NULL: the form has no place for it
  part_3          ANY,
  part_4          ANY
) STRICT;
