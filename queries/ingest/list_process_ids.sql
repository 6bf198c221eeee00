-- list_process_ids: the ids of all processes, in no order that matters.
--
-- out  name  TEXT
-- rows one per process, by key
SELECT process_id AS name FROM process ORDER BY process_key;
