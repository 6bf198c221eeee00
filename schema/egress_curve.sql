-- One row is an observed process and what there is to know of the curve of its egress: where it
-- begins and ends, and its total. The readings between are in egress_reading.
CREATE VIEW egress_curve AS
SELECT
  process_key, app_key, deployment_key, region_key, from_ms, to_ms, started_at_ms, starting_at_ms,
  terminated_at_ms, first_seen_ms, last_seen_ms, first_reading_ms, last_reading_ms, egress_bytes,
  coalesce(started_at_ms, starting_at_ms, last_seen_ms) AS longest_from_ms,
  below, plain,
  nullif(known.zero_ms, terminated_at_ms) AS zero_ms,  -- its counter was 0 here; NULL: unknown start
  CASE
    WHEN zero_ms IS NULL OR zero_ms = terminated_at_ms THEN NULL
    WHEN started_at_ms IS NULL OR starting_at_ms < started_at_ms THEN starting_at_ms
    ELSE started_at_ms
  END AS nothing_until_ms,  -- with a zero_ms: up to here surely nothing had left
  CASE WHEN zero_ms > terminated_at_ms THEN NULL ELSE terminated_at_ms END AS end_ms,
  CASE WHEN egress_bytes = 2147483647 AND top_ms < last_reading_ms THEN 1 ELSE 0 END AS clamped32,
  CASE
    WHEN last_reading_ms IS NULL THEN 0
    WHEN last_reading_ms >= terminated_at_ms AND below = 0
      AND (egress_bytes <> 2147483647 OR top_ms = last_reading_ms) THEN 0
    ELSE 1
  END AS is_open_ended  -- nothing bounds what was sent after the last reading
FROM (
  SELECT
    process.process_key AS process_key,
    meter.app_key AS app_key,
    meter.deployment_key AS deployment_key,
    meter.region_key AS region_key,
    meter.from_ms AS from_ms,
    meter.to_ms AS to_ms,
    process.started_at_ms AS started_at_ms,
    process.starting_at_ms AS starting_at_ms,
    process.terminated_at_ms AS terminated_at_ms,
    process.first_seen_ms AS first_seen_ms,
    process.last_seen_ms AS last_seen_ms,
    meter.first_reading_ms AS first_reading_ms,
    meter.last_reading_ms AS last_reading_ms,
    meter.egress_bytes AS egress_bytes,
    meter.top_ms AS top_ms,
    meter.below AS below,
    meter.plain AS plain,
    CASE
      WHEN process.started_at_ms < meter.first_reading_ms THEN process.started_at_ms
      WHEN process.starting_at_ms < meter.first_reading_ms THEN process.starting_at_ms
    END AS zero_ms
  FROM process
  JOIN process_meter AS meter ON meter.process_key = process.process_key
) AS known;
