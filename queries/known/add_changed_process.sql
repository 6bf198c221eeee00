-- add_changed_process: one of them.
--
-- in   :process_key  INTEGER
-- in   :gone_ms  INTEGER?
INSERT INTO temp.changed_process (process_key, gone_ms) VALUES (:process_key, :gone_ms);
