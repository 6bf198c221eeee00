-- Version 1 wrote the span of what was said into every row, texts in place of labels, and lists of
-- rooms by activity.
INSERT INTO process_attribute (
  process_key, attribute_no, snapshot_seq, app_key, deployment_key, region_key, status_key,
  draining, starting_at_ms, scheduled_at_ms, booted_at_ms, started_at_ms, stopping_at_ms,
  terminated_at_ms, rooms_per_process, port_set_no, host_key, legacy_port, hosting_key, fleet_key,
  summary_exit_reason_key, first_seen_ms, last_seen_ms, last_snapshot_seq, last_restatement
)
SELECT
  said.process_key, said.attribute_no, said.snapshot_seq, said.app_key, said.deployment_key,
  said.region_key, said.status_key, said.draining, said.starting_at_ms, said.scheduled_at_ms,
  said.booted_at_ms, said.started_at_ms, said.stopping_at_ms, said.terminated_at_ms,
  said.rooms_per_process, said.port_set_no, said.host_key, said.legacy_port, said.hosting_key,
  said.fleet_key, said.summary_exit_reason_key,
  snapshot.observed_at_ms - said.first_seen_before_ms, said.last_seen_ms, said.last_snapshot_seq,
  said.last_restatement
FROM newest.process_attribute AS said
JOIN newest.snapshot AS snapshot ON snapshot.snapshot_seq = said.snapshot_seq;

INSERT INTO process_activity (
  process_key, activity_no, snapshot_seq, rooms_allocated, rooms_allocated_updated_at_ms,
  active_connections, active_connections_updated_at_ms, room_slots_available,
  room_slots_available_updated_at_ms, idle_since_ms, total_rooms, lists_rooms, first_seen_ms,
  last_seen_ms
)
SELECT
  said.process_key, said.activity_no, min(observation.snapshot_seq), said.rooms_allocated,
  said.rooms_allocated_updated_at_ms, said.active_connections,
  said.active_connections_updated_after_ms + coalesce(said.rooms_allocated_updated_at_ms, 0),
  said.room_slots_available,
  said.room_slots_available_updated_after_ms + coalesce(said.rooms_allocated_updated_at_ms, 0),
  said.idle_since_after_ms + coalesce(said.rooms_allocated_updated_at_ms, 0), said.total_rooms,
  said.room_set_no IS NOT NULL, min(snapshot.observed_at_ms), max(snapshot.observed_at_ms)
FROM newest.process_activity AS said
JOIN newest.observation AS observation
  ON observation.process_key = said.process_key AND observation.activity_no = said.activity_no
JOIN newest.snapshot AS snapshot ON snapshot.snapshot_seq = observation.snapshot_seq
GROUP BY said.process_key, said.activity_no;

INSERT INTO observation (
  process_key, snapshot_seq, restatement, egressed_bytes, attribute_no, activity_no
)
SELECT process_key, snapshot_seq, restatement, egressed_bytes, attribute_no, activity_no
FROM newest.observation;

INSERT INTO room_allocation (
  room_key, allocation_no, snapshot_seq, room_allocation_id, process_key, scheduled_at_ms,
  unscheduled_at_ms, first_seen_ms, last_seen_ms, last_snapshot_seq
)
SELECT
  said.room_key, said.allocation_no, min(told.snapshot_seq),
  CASE typeof(said.room_allocation_id)
    WHEN 'blob' THEN lower(
      substr(hex(said.room_allocation_id), 1, 8) || '-' || substr(hex(said.room_allocation_id), 9, 4)
      || '-' || substr(hex(said.room_allocation_id), 13, 4) || '-'
      || substr(hex(said.room_allocation_id), 17, 4) || '-' || substr(hex(said.room_allocation_id), 21)
    )
    ELSE said.room_allocation_id
  END,
  said.process_key, said.scheduled_at_ms, said.unscheduled_at_ms, min(told.observed_at_ms),
  max(told.observed_at_ms), max(told.snapshot_seq)
FROM newest.room_allocation AS said
JOIN (
  SELECT fact.room_key, fact.allocation_no, snapshot.snapshot_seq, snapshot.observed_at_ms
  FROM newest.room_fact AS fact
  JOIN newest.snapshot AS snapshot
    ON snapshot.snapshot_seq IN (fact.first_snapshot_seq, fact.last_snapshot_seq)
  UNION
  SELECT listed.room_key, listed.allocation_no, snapshot.snapshot_seq, snapshot.observed_at_ms
  FROM newest.room_observation_allocation AS listed
  JOIN newest.snapshot AS snapshot ON snapshot.snapshot_seq = listed.snapshot_seq
) AS told ON told.room_key = said.room_key AND told.allocation_no = said.allocation_no
GROUP BY said.room_key, said.allocation_no;

INSERT INTO room_fact (
  room_key, room_fact_no, snapshot_seq, app_key, status_key, room_config, allocation_no,
  first_seen_ms, last_seen_ms, last_snapshot_seq
)
SELECT
  fact.room_key, fact.room_fact_no, fact.first_snapshot_seq, fact.app_key, fact.status_key,
  room_config.room_config, fact.allocation_no, first.observed_at_ms, last.observed_at_ms,
  fact.last_snapshot_seq
FROM newest.room_fact AS fact
JOIN newest.snapshot AS first ON first.snapshot_seq = fact.first_snapshot_seq
JOIN newest.snapshot AS last ON last.snapshot_seq = fact.last_snapshot_seq
LEFT JOIN newest.room_config ON room_config.room_config_key = fact.room_config_key;

INSERT INTO process_room (process_key, activity_no, position, room_key, room_fact_no)
SELECT
  activity.process_key, activity.activity_no, listed.position, listed.room_key, listed.room_fact_no
FROM newest.process_activity AS activity
JOIN newest.process_room AS listed
  ON listed.process_key = activity.process_key AND listed.room_set_no = activity.room_set_no;
