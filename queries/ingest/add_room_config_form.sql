-- add_room_config_form: write what configurations of rooms have in common, which is not there yet.
--
-- in   :form_key  INTEGER
-- in   :form  TEXT
INSERT INTO room_config_form (form_key, form) VALUES (:form_key, :form);
