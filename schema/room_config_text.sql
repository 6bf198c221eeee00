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
