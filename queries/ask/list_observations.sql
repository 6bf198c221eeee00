-- list_observations: what snapshots said of every process, with the time and the attributes.
--
-- in   :known_seq  INTEGER  the newest snapshot that counts
-- out  process_key  INTEGER
-- out  observed_at_ms  INTEGER
-- out  snapshot_seq  INTEGER
-- out  restatement  INTEGER
-- part: told_contract
-- rows by process, in the order in which they became known
SELECT
  observation.process_key AS process_key,
  snapshot.observed_at_ms AS observed_at_ms,
  observation.snapshot_seq AS snapshot_seq,
  observation.restatement AS restatement,
  -- part: told_columns
FROM observation
JOIN snapshot ON snapshot.snapshot_seq = observation.snapshot_seq
JOIN process_attribute AS attribute
  ON attribute.process_key = observation.process_key
  AND attribute.attribute_no = observation.attribute_no
WHERE observation.snapshot_seq <= :known_seq
ORDER BY observation.process_key, observation.snapshot_seq, observation.restated_attribute_no;
