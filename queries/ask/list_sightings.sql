-- list_sightings: which snapshot saw which process, with which attributes. Reads every observation.
--
-- out  process_key  INTEGER
-- out  attribute_no  INTEGER
-- out  snapshot_seq  INTEGER
-- rows in the order of the key
SELECT process_key, attribute_no, snapshot_seq
FROM observation
ORDER BY process_key, snapshot_seq, restated_attribute_no;
