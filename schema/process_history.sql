-- One row is a set of attributes that a process was seen with, and the span of the observations
-- that said so. Spans overlap where snapshots of one instant differed.
CREATE VIEW process_history AS
SELECT
  process.process_id AS process_id,
  said.observed_at_ms - attribute.first_seen_before_ms AS first_seen_ms,
  attribute.last_seen_ms AS last_seen_ms,
  app.label AS app_id,
  deployment.label AS deployment_id,
  region.label AS region,
  status.label AS status,
  attribute.draining AS draining,
  attribute.starting_at_ms AS starting_at_ms,
  attribute.scheduled_at_ms AS scheduled_at_ms,
  attribute.booted_at_ms AS booted_at_ms,
  attribute.started_at_ms AS started_at_ms,
  attribute.stopping_at_ms AS stopping_at_ms,
  attribute.terminated_at_ms AS terminated_at_ms,
  attribute.rooms_per_process AS rooms_per_process,
  hosting.label AS hosting,
  fleet.label AS fleet_id,
  exit_reason.label AS summary_exit_reason
FROM process_attribute AS attribute
JOIN process ON process.process_key = attribute.process_key
JOIN snapshot AS said ON said.snapshot_seq = attribute.snapshot_seq
LEFT JOIN label AS app ON app.label_key = attribute.app_key
LEFT JOIN label AS deployment ON deployment.label_key = attribute.deployment_key
LEFT JOIN label AS region ON region.label_key = attribute.region_key
LEFT JOIN label AS status ON status.label_key = attribute.status_key
LEFT JOIN label AS hosting ON hosting.label_key = attribute.hosting_key
LEFT JOIN label AS fleet ON fleet.label_key = attribute.fleet_key
LEFT JOIN label AS exit_reason ON exit_reason.label_key = attribute.summary_exit_reason_key;
