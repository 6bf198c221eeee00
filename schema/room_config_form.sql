-- One row is what many configurations of rooms have in common, for format(): `%s` stands where each
-- has a part of its own, and `%%` for a percent sign.
CREATE TABLE room_config_form (
  form_key INTEGER PRIMARY KEY,
  form     TEXT    NOT NULL UNIQUE
) STRICT;
