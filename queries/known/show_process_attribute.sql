-- show_process_attribute: what was said of processes by then, and the spans of those that said it.
CREATE TEMP VIEW process_attribute AS
SELECT
  stored.process_key AS process_key,
  stored.attribute_no AS attribute_no,
  stored.snapshot_seq AS snapshot_seq,
  stored.app_key AS app_key,
  stored.deployment_key AS deployment_key,
  stored.region_key AS region_key,
  stored.status_key AS status_key,
  stored.draining AS draining,
  stored.starting_at_ms AS starting_at_ms,
  stored.scheduled_at_ms AS scheduled_at_ms,
  stored.booted_at_ms AS booted_at_ms,
  stored.started_at_ms AS started_at_ms,
  stored.stopping_at_ms AS stopping_at_ms,
  stored.terminated_at_ms AS terminated_at_ms,
  stored.rooms_per_process AS rooms_per_process,
  stored.port_set_no AS port_set_no,
  stored.host_key AS host_key,
  stored.legacy_port AS legacy_port,
  stored.hosting_key AS hosting_key,
  stored.fleet_key AS fleet_key,
  stored.summary_exit_reason_key AS summary_exit_reason_key,
  CASE
    WHEN stored.process_key IN (SELECT process_key FROM temp.changed_process) THEN (
      SELECT (
          SELECT said.observed_at_ms
          FROM main.snapshot AS said
          WHERE said.snapshot_seq = stored.snapshot_seq
        ) - then_known.first_seen_ms
      FROM temp.changed_attribute AS then_known
      WHERE then_known.process_key = stored.process_key
        AND then_known.attribute_no = stored.attribute_no
    )
    ELSE stored.first_seen_before_ms
  END AS first_seen_before_ms,
  CASE
    WHEN stored.process_key IN (SELECT process_key FROM temp.changed_process) THEN (
      SELECT then_known.last_seen_ms
      FROM temp.changed_attribute AS then_known
      WHERE then_known.process_key = stored.process_key
        AND then_known.attribute_no = stored.attribute_no
    )
    ELSE stored.last_seen_ms
  END AS last_seen_ms,
  CASE
    WHEN stored.process_key IN (SELECT process_key FROM temp.changed_process) THEN (
      SELECT then_known.last_snapshot_seq
      FROM temp.changed_attribute AS then_known
      WHERE then_known.process_key = stored.process_key
        AND then_known.attribute_no = stored.attribute_no
    )
    ELSE stored.last_snapshot_seq
  END AS last_snapshot_seq,
  CASE
    WHEN stored.process_key IN (SELECT process_key FROM temp.changed_process) THEN (
      SELECT then_known.last_restatement
      FROM temp.changed_attribute AS then_known
      WHERE then_known.process_key = stored.process_key
        AND then_known.attribute_no = stored.attribute_no
    )
    ELSE stored.last_restatement
  END AS last_restatement
FROM main.process_attribute AS stored
WHERE stored.snapshot_seq <= (SELECT known_seq FROM temp.known_state);
