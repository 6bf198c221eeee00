-- last_process_key: the largest key of a process.
--
-- out  process_key  INTEGER  0 in an empty store
SELECT coalesce(max(process_key), 0) AS process_key FROM process;
