-- list_readings_from: the counter of one process, as it was read from some document on.
--
-- in   :process_key  INTEGER
-- in   :snapshot_seq  INTEGER
-- out  snapshot_seq  INTEGER
-- out  egressed_bytes  INTEGER  as it came
-- rows in the order in which they became known
SELECT snapshot_seq, egressed_bytes
FROM observation
WHERE process_key = :process_key
  AND snapshot_seq >= :snapshot_seq
  AND egressed_bytes IS NOT NULL
ORDER BY snapshot_seq, restated_attribute_no;
