-- load_process_attributes: every set of attributes of one process, in the order they were met.
--
-- in   :process_key  INTEGER
-- in   :unsaved_at_ms  INTEGER  of the document being written, which has no row yet
-- out  attribute_no  INTEGER
-- out  snapshot_seq  INTEGER
-- out  app_key  INTEGER?
-- out  deployment_key  INTEGER?
-- out  region_key  INTEGER?
-- out  status_key  INTEGER?
-- out  draining  INTEGER?
-- out  starting_at_ms  INTEGER?
-- out  scheduled_at_ms  INTEGER?
-- out  booted_at_ms  INTEGER?
-- out  started_at_ms  INTEGER?
-- out  stopping_at_ms  INTEGER?
-- out  terminated_at_ms  INTEGER?
-- out  rooms_per_process  INTEGER?
-- out  port_set_no  INTEGER
-- out  host_key  INTEGER?
-- out  legacy_port  ANY
-- out  hosting_key  INTEGER?
-- out  fleet_key  INTEGER?
-- out  summary_exit_reason_key  INTEGER?
-- out  said_first_ms  INTEGER  by when it came
-- out  first_seen_before_ms  INTEGER  that
-- out  last_seen_ms  INTEGER
-- out  last_snapshot_seq  INTEGER
-- out  last_restatement  INTEGER
SELECT
  attribute_no,
  snapshot_seq,
  app_key,
  deployment_key,
  region_key,
  status_key,
  draining,
  starting_at_ms,
  scheduled_at_ms,
  booted_at_ms,
  started_at_ms,
  stopping_at_ms,
  terminated_at_ms,
  rooms_per_process,
  port_set_no,
  host_key,
  legacy_port,
  hosting_key,
  fleet_key,
  summary_exit_reason_key,
  coalesce(
    (
      SELECT snapshot.observed_at_ms FROM snapshot
      WHERE snapshot.snapshot_seq = process_attribute.snapshot_seq
    ),
    :unsaved_at_ms
  ) AS said_first_ms,
  first_seen_before_ms,
  last_seen_ms,
  last_snapshot_seq,
  last_restatement
FROM process_attribute
WHERE process_key = :process_key
ORDER BY attribute_no;
