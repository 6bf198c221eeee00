-- list_lives: every observed process as it is known today, from its summary.
--
-- out  process_key  INTEGER
-- out  app_key  INTEGER?
-- out  deployment_key  INTEGER?
-- out  region_key  INTEGER?
-- out  starting_at_ms  INTEGER?
-- out  started_at_ms  INTEGER?
-- out  stopping_at_ms  INTEGER?
-- out  terminated_at_ms  INTEGER?
-- out  gone_ms  INTEGER?
-- out  first_seen_ms  INTEGER
-- out  last_seen_ms  INTEGER
-- out  last_alive_ms  INTEGER?  only where it decides something: ended without a stop order
-- out  scheduled_at_ms  INTEGER?
-- out  booted_at_ms  INTEGER?
-- out  hosting_key  INTEGER?
-- rows in the order of process_key, which is that of the observations
SELECT
  process.process_key AS process_key,
  attribute.app_key AS app_key,
  attribute.deployment_key AS deployment_key,
  attribute.region_key AS region_key,
  -- part: life_columns,
  process.scheduled_at_ms AS scheduled_at_ms,
  process.booted_at_ms AS booted_at_ms,
  attribute.hosting_key AS hosting_key
FROM process
JOIN process_attribute AS attribute
  ON attribute.process_key = process.process_key
  AND attribute.attribute_no = process.latest_attribute_no
ORDER BY process.process_key;
