-- list_process_ids_from: the first process ids that do not come before a text.
--
-- in   :from  TEXT
-- in   :most  INTEGER  how many are wanted
-- out  process_id  TEXT
-- rows one per process, by id
--
-- Those that begin with the text stand at the front. So somebody can name a process by the beginning
-- of its id.
SELECT process.process_id AS process_id
FROM process
WHERE process.process_id >= :from
ORDER BY process_id
LIMIT :most;
