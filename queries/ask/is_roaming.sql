-- is_roaming: whether a process was seen under more than one app and region.
--
-- in   :process_key  INTEGER
-- out  process_key  INTEGER
SELECT process_key FROM roaming_process WHERE process_key = :process_key;
