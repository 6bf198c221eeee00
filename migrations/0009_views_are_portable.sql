-- 0009: four views that say the same as before in SQL that PostgreSQL reads as well: no max and min of
-- two values, no IS between columns, every subquery with a name, every column grouped by.
DROP VIEW billable_span;
DROP VIEW egress_curve;
DROP VIEW poll;
DROP VIEW port_latest;

-- One row is an observed process and what is known of the begin and end of its billable time,
-- whatever the as-of. One that never started, or started after its end, has no start.
CREATE VIEW billable_span AS
SELECT
  process_key,
  CASE
    WHEN stopping_at_ms IS NOT NULL THEN 'complete'
    WHEN terminated_at_ms IS NOT NULL THEN 'no_stop_order'
    WHEN started_at_ms IS NOT NULL THEN 'unended'
    ELSE 'starting'
  END AS rule,
  CASE
    WHEN started_at_ms <= coalesce(stopping_at_ms, terminated_at_ms) THEN started_at_ms
    WHEN coalesce(stopping_at_ms, terminated_at_ms) IS NOT NULL THEN NULL
    ELSE coalesce(started_at_ms, last_seen_ms)
  END AS start_ms,
  coalesce(stopping_at_ms, terminated_at_ms) AS end_ms,
  CASE
    WHEN stopping_at_ms IS NOT NULL THEN stopping_at_ms
    WHEN terminated_at_ms IS NULL THEN last_seen_ms
    ELSE (
      SELECT
        CASE
          WHEN coalesce(max(unended.last_seen_ms), process.started_at_ms)
            > process.terminated_at_ms THEN process.terminated_at_ms
          ELSE coalesce(max(unended.last_seen_ms), process.started_at_ms)
        END
      FROM process_attribute AS unended
      WHERE unended.process_key = process.process_key AND unended.terminated_at_ms IS NULL
    )
  END AS end_lo_ms,
  last_seen_ms
FROM process
WHERE last_seen_ms IS NOT NULL;

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

-- One row is an instant at which processes of one app and region were seen. A poll does not say what
-- it asked for: a place without processes looks like one that was not polled.
CREATE VIEW poll AS
SELECT
  app.label AS app_id,
  region.label AS region,
  snapshot.observed_at_ms AS observed_at_ms,
  max(snapshot.capped) AS capped
FROM sighting
JOIN snapshot ON snapshot.snapshot_seq = sighting.snapshot_seq
JOIN place
  ON place.place_no / 63 = sighting.block
  AND (sighting.places >> CAST(place.place_no % 63 AS INTEGER)) % 2 = 1
LEFT JOIN label AS app ON app.label_key = place.app_key
LEFT JOIN label AS region ON region.label_key = place.region_key
GROUP BY place.place_no, snapshot.observed_at_ms, app.label, region.label;

-- One row is a port of the last set of ports that a process was seen with (a process that stopped
-- lists none any more). The span is that of the observations that listed exactly this port.
CREATE VIEW port_latest AS
SELECT
  process.process_id AS process_id,
  name.label AS name,
  transport_type.label AS transport_type,
  host.label AS host,
  port.port AS port,
  CASE WHEN port.position = 0 THEN 1 ELSE 0 END AS is_main,
  (
    SELECT min(said.observed_at_ms - same_attribute.first_seen_before_ms)
    FROM port AS same
    JOIN process_attribute AS same_attribute
      ON same_attribute.process_key = same.process_key
      AND same_attribute.port_set_no = same.port_set_no
    JOIN snapshot AS said ON said.snapshot_seq = same_attribute.snapshot_seq
    WHERE same.process_key = port.process_key
      AND (same.name_key = port.name_key OR (same.name_key IS NULL AND port.name_key IS NULL))
      AND (same.transport_type_key = port.transport_type_key OR (same.transport_type_key IS NULL AND port.transport_type_key IS NULL))
      AND (same.host_key = port.host_key OR (same.host_key IS NULL AND port.host_key IS NULL))
      AND (same.port = port.port OR (same.port IS NULL AND port.port IS NULL))
  ) AS first_seen_ms,
  (
    SELECT max(same_attribute.last_seen_ms)
    FROM port AS same
    JOIN process_attribute AS same_attribute
      ON same_attribute.process_key = same.process_key
      AND same_attribute.port_set_no = same.port_set_no
    WHERE same.process_key = port.process_key
      AND (same.name_key = port.name_key OR (same.name_key IS NULL AND port.name_key IS NULL))
      AND (same.transport_type_key = port.transport_type_key OR (same.transport_type_key IS NULL AND port.transport_type_key IS NULL))
      AND (same.host_key = port.host_key OR (same.host_key IS NULL AND port.host_key IS NULL))
      AND (same.port = port.port OR (same.port IS NULL AND port.port IS NULL))
  ) AS last_seen_ms
FROM port
JOIN process ON process.process_key = port.process_key
LEFT JOIN label AS name ON name.label_key = port.name_key
LEFT JOIN label AS transport_type ON transport_type.label_key = port.transport_type_key
LEFT JOIN label AS host ON host.label_key = port.host_key
WHERE port.port_set_no = (
  SELECT attribute.port_set_no
  FROM process_attribute AS attribute
  WHERE attribute.process_key = port.process_key AND attribute.port_set_no > 0
  ORDER BY
    attribute.last_seen_ms DESC, attribute.last_snapshot_seq DESC, attribute.last_restatement DESC
  LIMIT 1
);

PRAGMA user_version = 9;
