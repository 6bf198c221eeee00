-- One row is a process as it was last known: a timestamp is the last one said, everything else is
-- what the last observation said. A status that V1 does not say is derived from its timestamps.
CREATE VIEW process_latest AS
SELECT
  process.process_id AS process_id,
  app.label AS app_id,
  deployment.label AS deployment_id,
  region.label AS region,
  CASE
    WHEN attribute.status_key IS NOT NULL THEN status.label
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
  observation.egressed_bytes AS egressed_bytes,
  attribute.draining AS draining,
  attribute.rooms_per_process AS rooms_per_process,
  activity.rooms_allocated AS rooms_allocated,
  activity.rooms_allocated_updated_at_ms AS rooms_allocated_updated_at_ms,
  activity.total_rooms AS total_rooms,
  activity.idle_since_after_ms + coalesce(activity.rooms_allocated_updated_at_ms, 0)
    AS idle_since_ms,
  activity.active_connections AS active_connections,
  activity.active_connections_updated_after_ms
    + coalesce(activity.rooms_allocated_updated_at_ms, 0) AS active_connections_updated_at_ms,
  activity.room_slots_available AS room_slots_available,
  activity.room_slots_available_updated_after_ms
    + coalesce(activity.rooms_allocated_updated_at_ms, 0) AS room_slots_available_updated_at_ms,
  host.label AS host,
  attribute.legacy_port AS port,
  hosting.label AS hosting,
  fleet.label AS fleet_id,
  exit_reason.label AS summary_exit_reason,
  process.first_seen_ms AS first_seen_ms,
  process.last_seen_ms AS last_seen_ms
FROM process
JOIN observation
  ON observation.process_key = process.process_key
  AND observation.snapshot_seq = process.latest_snapshot_seq
  AND observation.restatement = process.latest_restatement
JOIN process_attribute AS attribute
  ON attribute.process_key = process.process_key
  AND attribute.attribute_no = process.latest_attribute_no
JOIN process_activity AS activity
  ON activity.process_key = process.process_key
  AND activity.activity_no = process.latest_activity_no
LEFT JOIN label AS app ON app.label_key = attribute.app_key
LEFT JOIN label AS deployment ON deployment.label_key = attribute.deployment_key
LEFT JOIN label AS region ON region.label_key = attribute.region_key
LEFT JOIN label AS status ON status.label_key = attribute.status_key
LEFT JOIN label AS host ON host.label_key = attribute.host_key
LEFT JOIN label AS hosting ON hosting.label_key = attribute.hosting_key
LEFT JOIN label AS fleet ON fleet.label_key = attribute.fleet_key
LEFT JOIN label AS exit_reason ON exit_reason.label_key = attribute.summary_exit_reason_key
WHERE process.last_seen_ms IS NOT NULL;
