-- list_ids_in_order: every process that was named, by its id.
--
-- out  process_id  TEXT
-- out  process_key  INTEGER
-- rows one per process, by id
--
-- The index of the ids has both.
SELECT process_id, process_key
FROM process
ORDER BY process_id;
