-- add_roaming_process: a process that was seen under a second app or region.
--
-- in   :process_key  INTEGER
INSERT OR IGNORE INTO roaming_process (process_key) VALUES (:process_key);
