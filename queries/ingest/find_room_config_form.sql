-- find_room_config_form: the key of what many configurations of rooms have in common.
--
-- in   :form  TEXT
-- out  form_key  INTEGER
SELECT form_key FROM room_config_form WHERE form = :form;
