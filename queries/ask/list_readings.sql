-- list_readings: the counter of one process, as it was read.
--
-- in   :process_key  INTEGER
-- in   :known_seq  INTEGER  the newest snapshot that counts
-- out  snapshot_seq  INTEGER
-- out  egressed_bytes  INTEGER  as it came
-- rows in the order in which they became known
SELECT snapshot_seq, egressed_bytes
FROM observation
WHERE process_key = :process_key AND snapshot_seq <= :known_seq AND egressed_bytes IS NOT NULL
ORDER BY snapshot_seq, restated_attribute_no;
