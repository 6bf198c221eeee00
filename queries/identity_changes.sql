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
-- Reads the attributes of the processes seen in the window and no observation.
WITH place AS (
  SELECT
    process.process_key AS process_key,
    attribute.app_key AS app_key,
    attribute.deployment_key AS deployment_key,
    attribute.region_key AS region_key,
    min(said.observed_at_ms - attribute.first_seen_before_ms) AS first_seen_ms,
    max(attribute.last_seen_ms) AS last_seen_ms,
    max(CASE WHEN attribute.attribute_no = process.latest_attribute_no THEN 1 ELSE 0 END)
      AS is_latest
  FROM process
  JOIN process_attribute AS attribute ON attribute.process_key = process.process_key
  JOIN snapshot AS said ON said.snapshot_seq = attribute.snapshot_seq
  WHERE process.first_seen_ms <= :to_ms AND process.last_seen_ms >= :from_ms
  GROUP BY
    process.process_key, attribute.app_key, attribute.deployment_key, attribute.region_key
),
counted AS (
  SELECT
    process_key, app_key, deployment_key, region_key, first_seen_ms, last_seen_ms, is_latest,
    count(*) OVER (PARTITION BY process_key) AS places
  FROM place
)
SELECT
  process.process_id AS process_id,
  coalesce(app.label, '') AS app_id,
  coalesce(deployment.label, '') AS deployment_id,
  coalesce(region.label, '') AS region,
  counted.first_seen_ms AS first_seen_ms,
  counted.last_seen_ms AS last_seen_ms,
  counted.is_latest AS is_latest
FROM counted
JOIN process ON process.process_key = counted.process_key
LEFT JOIN label AS app ON app.label_key = counted.app_key
LEFT JOIN label AS deployment ON deployment.label_key = counted.deployment_key
LEFT JOIN label AS region ON region.label_key = counted.region_key
WHERE counted.places > 1
ORDER BY process.process_id, counted.first_seen_ms, app_id, deployment_id, region;
