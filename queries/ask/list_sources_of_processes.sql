-- list_sources_of_processes: the documents that each process is known from: where what it said last changed, and where it was seen last.
--
-- out  process_key  INTEGER
-- out  snapshot_seq  INTEGER
-- rows by process, then by document; a document may come twice
SELECT attribute.process_key AS process_key, attribute.snapshot_seq AS snapshot_seq
FROM process_attribute AS attribute
UNION ALL
SELECT process.process_key, process.latest_snapshot_seq
FROM process
WHERE process.latest_snapshot_seq IS NOT NULL
ORDER BY process_key, snapshot_seq;
