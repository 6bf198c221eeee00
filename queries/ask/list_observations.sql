-- list_observations: which attributes snapshots said of every process.
--
-- in   :known_seq  INTEGER  the newest snapshot that counts
-- out  process_key  INTEGER
-- out  snapshot_seq  INTEGER
-- out  restatement  INTEGER
-- out  attribute_no  INTEGER
-- rows by process, in the order in which they became known
SELECT process_key, snapshot_seq, restatement, attribute_no
FROM observation
WHERE snapshot_seq <= :known_seq
ORDER BY process_key, snapshot_seq, restated_attribute_no;
