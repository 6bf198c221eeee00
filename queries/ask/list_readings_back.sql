-- list_readings_back: the counter of one process, as it was read before some document.
--
-- in   :process_key  INTEGER
-- in   :snapshot_seq  INTEGER
-- out  snapshot_seq  INTEGER
-- out  egressed_bytes  INTEGER  as it came
-- rows from the last that became known back to the first
SELECT snapshot_seq, egressed_bytes
FROM observation
WHERE process_key = :process_key
  AND snapshot_seq < :snapshot_seq
  AND egressed_bytes IS NOT NULL
ORDER BY snapshot_seq DESC, restated_attribute_no DESC;
