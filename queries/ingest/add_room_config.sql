-- add_room_config: a text that a room was configured with and that was not met lately, in parts.
--
-- in   :room_config_key  INTEGER
-- in   :form_key  INTEGER?  NULL: the first part is the text
-- in   :part_1  ANY
-- in   :part_2  ANY
-- in   :part_3  ANY
-- in   :part_4  ANY
-- bulk
INSERT INTO room_config (room_config_key, form_key, part_1, part_2, part_3, part_4)
VALUES (:room_config_key, :form_key, :part_1, :part_2, :part_3, :part_4);
