-- list_observations: what snapshots said of every process, with the time and the attributes.
--
-- in   :known_seq  INTEGER  the newest snapshot that counts
-- out  process_key  INTEGER
-- out  observed_at_ms  INTEGER
-- out  snapshot_seq  INTEGER
-- out  restatement  INTEGER
-- out  app_key  INTEGER?
-- out  deployment_key  INTEGER?
-- out  region_key  INTEGER?
-- out  starting_at_ms  INTEGER?
-- out  started_at_ms  INTEGER?
-- out  stopping_at_ms  INTEGER?
-- out  terminated_at_ms  INTEGER?
-- out  scheduled_at_ms  INTEGER?
-- out  booted_at_ms  INTEGER?
-- out  hosting_key  INTEGER?
-- rows by process, in the order in which they became known
SELECT
  observation.process_key AS process_key,
  snapshot.observed_at_ms AS observed_at_ms,
  observation.snapshot_seq AS snapshot_seq,
  observation.restatement AS restatement,
  attribute.app_key AS app_key,
  attribute.deployment_key AS deployment_key,
  attribute.region_key AS region_key,
  attribute.starting_at_ms AS starting_at_ms,
  attribute.started_at_ms AS started_at_ms,
  attribute.stopping_at_ms AS stopping_at_ms,
  attribute.terminated_at_ms AS terminated_at_ms,
  attribute.scheduled_at_ms AS scheduled_at_ms,
  attribute.booted_at_ms AS booted_at_ms,
  attribute.hosting_key AS hosting_key
FROM observation
JOIN snapshot ON snapshot.snapshot_seq = observation.snapshot_seq
JOIN process_attribute AS attribute
  ON attribute.process_key = observation.process_key
  AND attribute.attribute_no = observation.attribute_no
WHERE observation.snapshot_seq <= :known_seq
ORDER BY observation.process_key, observation.snapshot_seq, observation.restated_attribute_no;
