-- What somebody who wants fast answers makes by hand in DuckDB: billable time and increases of the
-- counters, added up per hour and per day. $as_of_ms and $grace_ms decide where lives end, so a new
-- poll makes all of this stale; it is rebuilt, not maintained.
CREATE TABLE life AS
SELECT
  app_id, deployment_id, region, started_at_ms,
  CASE
    WHEN stopping_at_ms IS NOT NULL THEN stopping_at_ms
    WHEN terminated_at_ms IS NOT NULL THEN terminated_at_ms
    WHEN $as_of_ms - last_seen_ms <= $grace_ms THEN $as_of_ms
    ELSE last_seen_ms
  END AS end_ms
FROM process
WHERE started_at_ms IS NOT NULL
ORDER BY started_at_ms;

CREATE TABLE increase AS
SELECT
  process.region, process.app_id, observed_at_ms,
  CASE
    WHEN before_bytes IS NULL OR egressed_bytes < before_bytes THEN egressed_bytes
    ELSE egressed_bytes - before_bytes
  END AS egress_bytes
FROM (
  SELECT
    process_id, observed_at_ms, egressed_bytes,
    lag(egressed_bytes) OVER (PARTITION BY process_id ORDER BY observed_at_ms) AS before_bytes
  FROM observation
) AS reading
JOIN process ON process.process_id = reading.process_id
ORDER BY observed_at_ms;

CREATE TABLE billing_hour AS
SELECT
  app_id, deployment_id, region, hour_ms,
  sum(least(end_ms, hour_ms + 3600000) - greatest(started_at_ms, hour_ms))::BIGINT AS billable_ms
FROM (
  SELECT *, unnest(range(started_at_ms // 3600000 * 3600000, end_ms, 3600000)) AS hour_ms
  FROM life
)
GROUP BY ALL
ORDER BY hour_ms;

CREATE TABLE billing_day AS
SELECT
  app_id, deployment_id, region, hour_ms // 86400000 * 86400000 AS day_ms,
  sum(billable_ms)::BIGINT AS billable_ms
FROM billing_hour
GROUP BY ALL
ORDER BY day_ms;

CREATE TABLE egress_hour AS
SELECT
  region, app_id, observed_at_ms // 3600000 * 3600000 AS hour_ms,
  sum(egress_bytes)::BIGINT AS egress_bytes
FROM increase
GROUP BY ALL
ORDER BY hour_ms;

CREATE TABLE egress_day AS
SELECT
  region, app_id, hour_ms // 86400000 * 86400000 AS day_ms,
  sum(egress_bytes)::BIGINT AS egress_bytes
FROM egress_hour
GROUP BY ALL
ORDER BY day_ms;
