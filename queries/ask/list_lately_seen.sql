-- list_lately_seen: processes without an end that were last seen in [from, to).
--
-- in   :from_ms  INTEGER
-- in   :to_ms  INTEGER
-- out  process_key  INTEGER
-- out  app_key  INTEGER  0 for none
-- out  deployment_key  INTEGER
-- out  region_key  INTEGER
-- out  starting_at_ms  INTEGER?
-- out  started_at_ms  INTEGER?
-- out  stopping_at_ms  INTEGER?
-- out  terminated_at_ms  INTEGER?
-- out  first_seen_ms  INTEGER
-- out  last_seen_ms  INTEGER
-- out  last_alive_ms  INTEGER?  only where it decides something: ended without a stop order
-- out  irregular  INTEGER
-- out  first_reading_ms  INTEGER?  NULL: it has no reading
-- out  rise_ms  INTEGER?
-- out  top_ms  INTEGER?
-- out  last_reading_ms  INTEGER?
-- out  egress_bytes  INTEGER?
-- out  below  INTEGER
-- out  plain  INTEGER
-- rows in the order of the index
SELECT
  meter.process_key AS process_key,
  meter.app_key AS app_key,
  meter.deployment_key AS deployment_key,
  meter.region_key AS region_key,
  process.starting_at_ms AS starting_at_ms,
  process.started_at_ms AS started_at_ms,
  process.stopping_at_ms AS stopping_at_ms,
  process.terminated_at_ms AS terminated_at_ms,
  process.first_seen_ms AS first_seen_ms,
  process.last_seen_ms AS last_seen_ms,
  CASE
    WHEN process.stopping_at_ms IS NULL AND process.terminated_at_ms IS NOT NULL THEN (
      SELECT max(alive.last_seen_ms)
      FROM process_attribute AS alive
      WHERE alive.process_key = process.process_key AND alive.terminated_at_ms IS NULL
    )
  END AS last_alive_ms,
  meter.irregular AS irregular,
  meter.first_reading_ms AS first_reading_ms,
  meter.rise_ms AS rise_ms,
  meter.top_ms AS top_ms,
  meter.last_reading_ms AS last_reading_ms,
  meter.egress_bytes AS egress_bytes,
  meter.below AS below,
  meter.plain AS plain
FROM process INDEXED BY process_by_last_seen
JOIN process_meter AS meter ON meter.process_key = process.process_key
WHERE process.last_seen_ms >= :from_ms
  AND process.last_seen_ms < :to_ms
  AND process.terminated_at_ms IS NULL
ORDER BY process.last_seen_ms, process.process_key;
