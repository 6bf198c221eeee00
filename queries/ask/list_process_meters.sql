-- list_process_meters: what the rollups know of every process.
--
-- out  process_key  INTEGER
-- out  app_key  INTEGER
-- out  deployment_key  INTEGER
-- out  region_key  INTEGER
-- out  extent  INTEGER
-- out  from_ms  INTEGER
-- out  to_ms  INTEGER
-- out  tail_ms  INTEGER?
-- out  irregular  INTEGER
-- out  first_reading_ms  INTEGER?
-- out  rise_ms  INTEGER?
-- out  top_ms  INTEGER?
-- out  last_reading_ms  INTEGER?
-- out  egress_bytes  INTEGER?
-- out  below  INTEGER
-- out  plain  INTEGER
-- out  unended_ms  INTEGER?
-- rows by process_key
SELECT
  process_key,
  app_key,
  deployment_key,
  region_key,
  extent,
  from_ms,
  to_ms,
  tail_ms,
  irregular,
  first_reading_ms,
  rise_ms,
  top_ms,
  last_reading_ms,
  egress_bytes,
  below,
  plain,
  unended_ms
FROM process_meter
ORDER BY process_key;
