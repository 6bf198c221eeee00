-- 0012: what configurations of rooms have in common is written once. Those that are stored stay whole:
-- only the program knows how to take a text apart.
DROP VIEW room_latest;

-- One row is what many configurations of rooms have in common, for format(): `%s` stands where each
-- has a part of its own, and `%%` for a percent sign.
CREATE TABLE room_config_form (
  form_key INTEGER PRIMARY KEY,
  form     TEXT    NOT NULL UNIQUE
) STRICT;

CREATE TEMP TABLE moved AS SELECT * FROM room_config;
DROP TABLE room_config;

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
INSERT INTO room_config (room_config_key, form_key, part_1)
SELECT room_config_key, NULL, room_config FROM moved ORDER BY room_config_key;
DROP TABLE moved;

-- One row is a text that a room was configured with, as it came. Only SQLite has typeof, and writes
-- bytes as text by hex().
CREATE VIEW room_config_text AS
SELECT
  config.room_config_key AS room_config_key,
  CASE WHEN config.form_key IS NULL THEN config.part_1 ELSE format(
    form.form,
    CASE typeof(config.part_1)
      WHEN 'blob' THEN lower(
        substr(hex(config.part_1), 1, 8) || '-' || substr(hex(config.part_1), 9, 4) || '-'
        || substr(hex(config.part_1), 13, 4) || '-' || substr(hex(config.part_1), 17, 4) || '-'
        || substr(hex(config.part_1), 21)
      )
      ELSE config.part_1
    END,
    CASE typeof(config.part_2)
      WHEN 'blob' THEN lower(
        substr(hex(config.part_2), 1, 8) || '-' || substr(hex(config.part_2), 9, 4) || '-'
        || substr(hex(config.part_2), 13, 4) || '-' || substr(hex(config.part_2), 17, 4) || '-'
        || substr(hex(config.part_2), 21)
      )
      ELSE config.part_2
    END,
    CASE typeof(config.part_3)
      WHEN 'blob' THEN lower(
        substr(hex(config.part_3), 1, 8) || '-' || substr(hex(config.part_3), 9, 4) || '-'
        || substr(hex(config.part_3), 13, 4) || '-' || substr(hex(config.part_3), 17, 4) || '-'
        || substr(hex(config.part_3), 21)
      )
      ELSE config.part_3
    END,
    CASE typeof(config.part_4)
      WHEN 'blob' THEN lower(
        substr(hex(config.part_4), 1, 8) || '-' || substr(hex(config.part_4), 9, 4) || '-'
        || substr(hex(config.part_4), 13, 4) || '-' || substr(hex(config.part_4), 17, 4) || '-'
        || substr(hex(config.part_4), 21)
      )
      ELSE config.part_4
    END
  ) END AS room_config
FROM room_config AS config
LEFT JOIN room_config_form AS form ON form.form_key = config.form_key;

-- One row is a room as it was last known.
CREATE VIEW room_latest AS
SELECT
  room.room_id AS room_id,
  app.label AS app_id,
  status.label AS status,
  (
    SELECT said.room_config
    FROM room_config_text AS said
    WHERE said.room_config_key = fact.room_config_key
  ) AS room_config,
  (
    SELECT min(first.observed_at_ms)
    FROM room_fact AS earliest
    JOIN snapshot AS first ON first.snapshot_seq = earliest.first_snapshot_seq
    WHERE earliest.room_key = room.room_key
  ) AS first_seen_ms,
  last.observed_at_ms AS last_seen_ms
FROM room
JOIN room_fact AS fact
  ON fact.room_key = room.room_key
  AND fact.room_fact_no = (
    SELECT latest.room_fact_no
    FROM room_fact AS latest
    JOIN snapshot ON snapshot.snapshot_seq = latest.last_snapshot_seq
    WHERE latest.room_key = room.room_key
    ORDER BY
      snapshot.observed_at_ms DESC, latest.last_snapshot_seq DESC, latest.room_fact_no DESC
    LIMIT 1
  )
JOIN snapshot AS last ON last.snapshot_seq = fact.last_snapshot_seq
LEFT JOIN label AS app ON app.label_key = fact.app_key
LEFT JOIN label AS status ON status.label_key = fact.status_key;

PRAGMA user_version = 12;
