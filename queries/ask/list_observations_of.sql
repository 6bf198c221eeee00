-- list_observations_of: what snapshots said of one process, with the time and the attributes.
--
-- in   :process_key  INTEGER
-- in   :known_seq  INTEGER  the newest snapshot that counts
-- part: observation_contract
-- rows in the order in which they became known
SELECT
  -- part: observation_columns
FROM observation
JOIN snapshot ON snapshot.snapshot_seq = observation.snapshot_seq
JOIN process_attribute AS attribute
  ON attribute.process_key = observation.process_key
  AND attribute.attribute_no = observation.attribute_no
WHERE observation.process_key = :process_key AND observation.snapshot_seq <= :known_seq
ORDER BY observation.snapshot_seq, observation.restated_attribute_no;
