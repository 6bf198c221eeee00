-- add_process_attribute: a set of attributes that a process was not seen with before.
--
-- in   :process_key  INTEGER
-- in   :attribute_no  INTEGER
-- in   :snapshot_seq  INTEGER
-- in   :app_key  INTEGER?
-- in   :deployment_key  INTEGER?
-- in   :region_key  INTEGER?
-- in   :status_key  INTEGER?
-- in   :draining  INTEGER?
-- in   :starting_at_ms  INTEGER?
-- in   :scheduled_at_ms  INTEGER?
-- in   :booted_at_ms  INTEGER?
-- in   :started_at_ms  INTEGER?
-- in   :stopping_at_ms  INTEGER?
-- in   :terminated_at_ms  INTEGER?
-- in   :rooms_per_process  INTEGER?
-- in   :port_set_no  INTEGER
-- in   :host_key  INTEGER?
-- in   :legacy_port  ANY
-- in   :hosting_key  INTEGER?
-- in   :fleet_key  INTEGER?
-- in   :summary_exit_reason_key  INTEGER?
-- in   :first_seen_before_ms  INTEGER
-- in   :last_seen_ms  INTEGER
-- in   :last_snapshot_seq  INTEGER
-- in   :last_restatement  INTEGER
-- bulk
INSERT INTO process_attribute (
  process_key, attribute_no, snapshot_seq, app_key, deployment_key, region_key, status_key,
  draining, starting_at_ms, scheduled_at_ms, booted_at_ms, started_at_ms, stopping_at_ms,
  terminated_at_ms, rooms_per_process, port_set_no, host_key, legacy_port, hosting_key,
  fleet_key, summary_exit_reason_key, first_seen_before_ms, last_seen_ms, last_snapshot_seq,
  last_restatement
)
VALUES (
  :process_key, :attribute_no, :snapshot_seq, :app_key, :deployment_key, :region_key,
  :status_key, :draining, :starting_at_ms, :scheduled_at_ms, :booted_at_ms, :started_at_ms,
  :stopping_at_ms, :terminated_at_ms, :rooms_per_process, :port_set_no, :host_key, :legacy_port,
  :hosting_key, :fleet_key, :summary_exit_reason_key, :first_seen_before_ms, :last_seen_ms,
  :last_snapshot_seq, :last_restatement
);
