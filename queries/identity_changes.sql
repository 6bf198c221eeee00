-- identity_changes: processes that were said to belong to more than one app, deployment or region.
--
-- in   :from_ms  INTEGER  unix ms, inclusive
-- in   :to_ms  INTEGER  unix ms, inclusive: the last poll stands at the as-of itself
-- out  process_id  TEXT
-- out  app_id  TEXT  '' when unknown
-- out  deployment_id  TEXT  '' when unknown
-- out  region  TEXT  '' when unknown
-- out  first_seen_ms  INTEGER  unix ms; first observation that said so
-- out  last_seen_ms  INTEGER  unix ms; last observation that said so
-- out  is_latest  INTEGER  1: this is where the process counts in every answer
-- rows one per process and place, of processes seen in the window with several; by id, then time
--
-- None of these should ever change, so a change is a mistake in the archive, or two archives that
-- disagree. Everything the process did counts in the last place.
--
-- Reads the attributes of every process in the window and no observation.
WITH RECURSIVE
-- part: extent,
seen_window AS (
  SELECT CAST(:from_ms AS BIGINT) AS from_ms, CAST(:to_ms AS BIGINT) AS to_ms
),
-- part: seen_process,
-- Of whom two different things were said. Who says nothing once contradicts nobody.
moved AS (
  SELECT attribute.process_key AS process_key
  FROM seen_process AS seen
  CROSS JOIN process_attribute AS attribute
  WHERE attribute.process_key = seen.process_key
  GROUP BY attribute.process_key
  HAVING min(attribute.app_key) < max(attribute.app_key)
    OR min(attribute.deployment_key) < max(attribute.deployment_key)
    OR min(attribute.region_key) < max(attribute.region_key)
),
place AS (
  SELECT
    process.process_key AS process_key,
    attribute.app_key AS app_key,
    attribute.deployment_key AS deployment_key,
    attribute.region_key AS region_key,
    min(said.observed_at_ms - attribute.first_seen_before_ms) AS first_seen_ms,
    max(attribute.last_seen_ms) AS last_seen_ms,
    max(CASE WHEN attribute.attribute_no = process.latest_attribute_no THEN 1 ELSE 0 END)
      AS is_latest
  FROM moved
  CROSS JOIN process
  JOIN process_attribute AS attribute ON attribute.process_key = process.process_key
  JOIN snapshot AS said ON said.snapshot_seq = attribute.snapshot_seq
  WHERE process.process_key = moved.process_key
    AND process.first_seen_ms <= :to_ms
    AND process.last_seen_ms >= :from_ms
  GROUP BY
    process.process_key, attribute.app_key, attribute.deployment_key, attribute.region_key
)
SELECT
  process.process_id AS process_id,
  -- part: place_columns,
  owner.first_seen_ms AS first_seen_ms,
  owner.last_seen_ms AS last_seen_ms,
  owner.is_latest AS is_latest
FROM place AS owner
JOIN process ON process.process_key = owner.process_key
-- part: place_labels
ORDER BY process.process_id, owner.first_seen_ms, app_id, deployment_id, region;
