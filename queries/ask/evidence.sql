-- evidence: every observation of one process, with the document that it stands in.
--
-- in   :process_key  INTEGER
-- in   :known_seq  INTEGER  the newest snapshot that counts
-- out  observed_at_ms  INTEGER
-- out  snapshot_seq  INTEGER
-- out  egressed_bytes  INTEGER?
-- out  starting_at_ms  INTEGER?
-- out  started_at_ms  INTEGER?
-- out  stopping_at_ms  INTEGER?
-- out  terminated_at_ms  INTEGER?
-- out  app_key  INTEGER?
-- out  deployment_key  INTEGER?
-- out  region_key  INTEGER?
-- out  origin  TEXT  where the snapshot's time came from
-- out  source  TEXT
-- out  byte_offset  INTEGER
-- out  byte_length  INTEGER
-- out  sha256  BLOB
-- out  scheduled_at_ms  INTEGER?
-- out  booted_at_ms  INTEGER?
-- rows by time, then by when they became known
SELECT
  snapshot.observed_at_ms AS observed_at_ms,
  observation.snapshot_seq AS snapshot_seq,
  observation.egressed_bytes AS egressed_bytes,
  attribute.starting_at_ms AS starting_at_ms,
  attribute.started_at_ms AS started_at_ms,
  attribute.stopping_at_ms AS stopping_at_ms,
  attribute.terminated_at_ms AS terminated_at_ms,
  attribute.app_key AS app_key,
  attribute.deployment_key AS deployment_key,
  attribute.region_key AS region_key,
  snapshot.observed_at_origin AS origin,
  source.path AS source,
  snapshot.byte_offset AS byte_offset,
  snapshot.byte_length AS byte_length,
  snapshot.sha256 AS sha256,
  attribute.scheduled_at_ms AS scheduled_at_ms,
  attribute.booted_at_ms AS booted_at_ms
FROM observation
JOIN snapshot ON snapshot.snapshot_seq = observation.snapshot_seq
JOIN source ON source.source_key = snapshot.source_key
JOIN process_attribute AS attribute
  ON attribute.process_key = observation.process_key
  AND attribute.attribute_no = observation.attribute_no
WHERE observation.process_key = :process_key AND observation.snapshot_seq <= :known_seq
ORDER BY snapshot.observed_at_ms, observation.snapshot_seq, observation.restatement;
