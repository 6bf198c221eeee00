-- One row is an observed process and its billable time over its whole life, with lower and upper
-- bound, as the command `billing` says it when nothing but the default is asked for: up to the last
-- observation, a grace of 15 minutes, a longest life of 72 hours, running lists trusted. Sum it over
-- any group. A process that has nothing to bill has NULL for its begin and ends.
CREATE VIEW process_billing AS
SELECT
  ended.process_id AS process_id,
  coalesce(app.label, '') AS app_id,
  coalesce(deployment.label, '') AS deployment_id,
  coalesce(region.label, '') AS region,
  ended.rule AS rule,  -- complete, inverted, never_started, starting, no_stop_order, gone, ...
  ended.start_ms AS start_ms,
  ended.until_ms AS end_ms,
  ended.until_lo_ms AS end_lo_ms,  -- it had not ended before
  ended.until_hi_ms AS end_hi_ms,  -- it had ended by then
  coalesce(ended.until_ms - ended.start_ms, 0) AS billable_ms,
  coalesce(ended.until_lo_ms - ended.start_ms, 0) AS billable_ms_lo,
  coalesce(ended.until_hi_ms - ended.start_ms, 0) AS billable_ms_hi
FROM (
  SELECT
    process_id, process_key, rule, start_ms,
    CASE
      WHEN end_ms > as_of_ms AND as_of_ms < start_ms THEN start_ms
      WHEN end_ms > as_of_ms THEN as_of_ms
      WHEN end_ms < start_ms THEN start_ms
      ELSE end_ms
    END AS until_ms,
    CASE
      WHEN end_lo_ms > as_of_ms AND as_of_ms < start_ms THEN start_ms
      WHEN end_lo_ms > as_of_ms THEN as_of_ms
      WHEN end_lo_ms < start_ms THEN start_ms
      ELSE end_lo_ms
    END AS until_lo_ms,
    CASE
      WHEN end_hi_ms > as_of_ms AND as_of_ms < start_ms THEN start_ms
      WHEN end_hi_ms > as_of_ms THEN as_of_ms
      WHEN end_hi_ms < start_ms THEN start_ms
      ELSE end_hi_ms
    END AS until_hi_ms
  FROM (
    SELECT
      known.process_id AS process_id,
      known.process_key AS process_key,
      known.as_of_ms AS as_of_ms,
      CASE
        WHEN known.rule = 'unended' AND known.gone_by_ms IS NOT NULL THEN 'gone'
        WHEN known.rule = 'unended' AND known.as_of_ms - known.last_seen_ms <= 900000
          THEN 'running'
        WHEN known.rule = 'unended' THEN 'orphan'
        WHEN known.start_ms IS NOT NULL THEN known.rule
        WHEN known.started_at_ms IS NULL THEN 'never_started'
        ELSE 'inverted'
      END AS rule,
      known.start_ms AS start_ms,
      CASE
        WHEN known.start_ms IS NULL THEN NULL
        WHEN known.end_ms IS NOT NULL THEN known.end_ms
        WHEN known.rule = 'starting' THEN known.last_seen_ms
        WHEN (known.gone_by_ms - known.last_seen_ms) / 2 > 900000 THEN known.last_seen_ms + 900000
        WHEN known.gone_by_ms IS NOT NULL
          THEN known.last_seen_ms + (known.gone_by_ms - known.last_seen_ms) / 2
        WHEN known.as_of_ms - known.last_seen_ms <= 900000 THEN known.as_of_ms
        ELSE known.last_seen_ms
      END AS end_ms,
      CASE WHEN known.start_ms IS NOT NULL THEN known.end_lo_ms END AS end_lo_ms,
      CASE
        WHEN known.start_ms IS NULL THEN NULL
        WHEN known.end_ms IS NOT NULL THEN known.end_ms
        WHEN known.gone_by_ms IS NOT NULL THEN known.gone_by_ms
        WHEN known.rule <> 'starting' AND known.as_of_ms - known.last_seen_ms <= 900000
          THEN known.as_of_ms
        WHEN known.start_ms + 259200000 > known.last_seen_ms THEN known.start_ms + 259200000
        ELSE known.last_seen_ms
      END AS end_hi_ms
    FROM (
      SELECT
        process.process_id AS process_id,
        process.process_key AS process_key,
        process.started_at_ms AS started_at_ms,
        latest.as_of_ms AS as_of_ms,
        span.rule AS rule,
        span.start_ms AS start_ms,
        span.end_ms AS end_ms,
        span.end_lo_ms AS end_lo_ms,
        span.last_seen_ms AS last_seen_ms,
        CASE
          WHEN span.gone_ms <= span.start_ms + 259200000 THEN span.gone_ms
          WHEN span.gone_ms IS NULL THEN NULL
          WHEN span.start_ms + 259200000 > span.last_seen_ms THEN span.start_ms + 259200000
          ELSE span.last_seen_ms
        END AS gone_by_ms
      FROM process
      JOIN billable_span AS span ON span.process_key = process.process_key
      CROSS JOIN (SELECT max(observed_at_ms) AS as_of_ms FROM snapshot) AS latest
    ) AS known
  ) AS open_ended
) AS ended
JOIN process_meter AS meter ON meter.process_key = ended.process_key
LEFT JOIN label AS app ON app.label_key = meter.app_key
LEFT JOIN label AS deployment ON deployment.label_key = meter.deployment_key
LEFT JOIN label AS region ON region.label_key = meter.region_key;
