-- see_brought_observations: the observations that are stored, and those that were read from a file.
CREATE TEMP VIEW observation AS
SELECT
  stored.process_key AS process_key,
  stored.snapshot_seq AS snapshot_seq,
  stored.restated_attribute_no AS restated_attribute_no,
  stored.egressed_bytes AS egressed_bytes,
  stored.activity_no AS activity_no,
  stored.restatement AS restatement,
  stored.attribute_no AS attribute_no
FROM main.observation AS stored
UNION ALL
SELECT
  brought.process_key,
  brought.snapshot_seq,
  brought.restated_attribute_no,
  brought.egressed_bytes,
  brought.activity_no,
  brought.restated_attribute_no >> 32,
  brought.restated_attribute_no & 4294967295
FROM temp.brought_observation AS brought;
