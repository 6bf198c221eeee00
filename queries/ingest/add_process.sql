-- add_process: a process that is named for the first time.
--
-- in   :process_key  INTEGER
-- in   :process_id  TEXT
INSERT INTO process (process_key, process_id) VALUES (:process_key, :process_id);
