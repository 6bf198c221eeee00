-- last_room_config_form_key: the largest key of a form of configurations.
--
-- out  form_key  INTEGER  0 when there is none
SELECT coalesce(max(form_key), 0) AS form_key FROM room_config_form;
