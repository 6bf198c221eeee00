-- One row is a process as it was last known: a timestamp is the last one said, everything else is
-- what the last observation said. A status that V1 does not say is derived from its timestamps.
--
-- What a question does not name is not looked up: in a SELECT of its own, which SQLite leaves out
-- then, unlike a join. Only observed processes have a row in process_meter, which is small, and is
-- found by its region.
CREATE VIEW process_latest AS
SELECT
  process.process_id AS process_id,
  (SELECT label FROM label WHERE label_key = meter.app_key) AS app_id,
  (SELECT label FROM label WHERE label_key = meter.deployment_key) AS deployment_id,
  region.label AS region,
  CASE
    WHEN attribute.status_key IS NOT NULL
      THEN (SELECT label FROM label WHERE label_key = attribute.status_key)
    WHEN process.terminated_at_ms IS NOT NULL THEN 'stopped'
    WHEN process.stopping_at_ms IS NOT NULL THEN 'stopping'
    WHEN attribute.draining = 1 THEN 'draining'
    WHEN process.started_at_ms IS NOT NULL THEN 'running'
    ELSE 'starting'
  END AS status,
  process.starting_at_ms AS starting_at_ms,
  process.scheduled_at_ms AS scheduled_at_ms,
  process.booted_at_ms AS booted_at_ms,
  process.started_at_ms AS started_at_ms,
  process.stopping_at_ms AS stopping_at_ms,
  process.terminated_at_ms AS terminated_at_ms,
  (
    SELECT observation.egressed_bytes
    FROM observation
    WHERE observation.process_key = process.process_key
      AND observation.snapshot_seq = process.latest_snapshot_seq
      AND observation.restated_attribute_no
        = process.latest_restatement * 4294967296 + process.latest_attribute_no
  ) AS egressed_bytes,
  attribute.draining AS draining,
  attribute.rooms_per_process AS rooms_per_process,
  (
    SELECT activity.rooms_allocated
    FROM process_activity AS activity
    WHERE activity.process_key = process.process_key
      AND activity.activity_no = process.latest_activity_no
  ) AS rooms_allocated,
  (
    SELECT activity.rooms_allocated_updated_at_ms
    FROM process_activity AS activity
    WHERE activity.process_key = process.process_key
      AND activity.activity_no = process.latest_activity_no
  ) AS rooms_allocated_updated_at_ms,
  (
    SELECT activity.total_rooms
    FROM process_activity AS activity
    WHERE activity.process_key = process.process_key
      AND activity.activity_no = process.latest_activity_no
  ) AS total_rooms,
  (
    SELECT
      activity.idle_since_after_ms + coalesce(activity.rooms_allocated_updated_at_ms, 0)
    FROM process_activity AS activity
    WHERE activity.process_key = process.process_key
      AND activity.activity_no = process.latest_activity_no
  ) AS idle_since_ms,
  (
    SELECT activity.active_connections
    FROM process_activity AS activity
    WHERE activity.process_key = process.process_key
      AND activity.activity_no = process.latest_activity_no
  ) AS active_connections,
  (
    SELECT
      activity.active_connections_updated_after_ms
      + coalesce(activity.rooms_allocated_updated_at_ms, 0)
    FROM process_activity AS activity
    WHERE activity.process_key = process.process_key
      AND activity.activity_no = process.latest_activity_no
  ) AS active_connections_updated_at_ms,
  (
    SELECT activity.room_slots_available
    FROM process_activity AS activity
    WHERE activity.process_key = process.process_key
      AND activity.activity_no = process.latest_activity_no
  ) AS room_slots_available,
  (
    SELECT
      activity.room_slots_available_updated_after_ms
      + coalesce(activity.rooms_allocated_updated_at_ms, 0)
    FROM process_activity AS activity
    WHERE activity.process_key = process.process_key
      AND activity.activity_no = process.latest_activity_no
  ) AS room_slots_available_updated_at_ms,
  (SELECT label FROM label WHERE label_key = attribute.host_key) AS host,
  attribute.legacy_port AS port,
  (SELECT label FROM label WHERE label_key = attribute.hosting_key) AS hosting,
  (SELECT label FROM label WHERE label_key = attribute.fleet_key) AS fleet_id,
  (SELECT label FROM label WHERE label_key = attribute.summary_exit_reason_key)
    AS summary_exit_reason,
  process.first_seen_ms AS first_seen_ms,
  process.last_seen_ms AS last_seen_ms
FROM process
JOIN process_meter AS meter ON meter.process_key = process.process_key
LEFT JOIN process_attribute AS attribute
  ON attribute.process_key = process.process_key
  AND attribute.attribute_no = process.latest_attribute_no
LEFT JOIN label AS region ON region.label_key = meter.region_key;
