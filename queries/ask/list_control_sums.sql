-- list_control_sums: the tables whose rows never change, with how many rows each has and what they add up to. Reads every row.
--
-- out  table_name  TEXT
-- out  row_count  INTEGER
-- out  row_sum  INTEGER  modulo 2^64
-- rows in the order of this text
--
-- Whoever needs the first tables alone stops reading, and those behind them are not added up. So a
-- table that is added up since a later version stands before the others.
--
-- row_sum is a function of ours: what it is given of a row becomes a number, and these are added.
-- The columns come in the order in which the statements that write them name them; what may change
-- later is left out. A table of which a row was lost has another count. Such a function cannot be
-- written in SQL.
SELECT
  'made_good' AS table_name, count(*) AS row_count, row_sum(reject_key, snapshot_seq) AS row_sum
FROM made_good
UNION ALL
SELECT
  'seal', count(*),
  row_sum(seal_seq, month, zone, as_of_ms, known_seq, checkpoint, signatures, sealed_at_ms)
FROM seal
UNION ALL
SELECT 'label', count(*), row_sum(label_key, label)
FROM label
UNION ALL
SELECT 'source', count(*), row_sum(source_key, path, encoding, ingested_at_ms)
FROM source
UNION ALL
SELECT
  'snapshot', count(*),
  row_sum(
    snapshot_seq, source_key, byte_offset, byte_length, sha256, observed_at_ms, observed_at_origin,
    list_kind, capped, process_count, room_count, duplicate_count, restated_count, reject_count,
    egressed_bytes_sum, list_app_key, list_region_key, list_proof, list_is_given
  )
FROM snapshot
UNION ALL
SELECT
  'reject', count(*),
  row_sum(
    reject_key, source_key, snapshot_seq, record_offset, record_length, byte_offset, json_pointer,
    reason, raw, document_sha256, ingested_at_ms
  )
FROM reject
UNION ALL
SELECT
  'set_aside', count(*),
  row_sum(set_aside_key, source_key, byte_offset, sha256, kind, raw, ingested_at_ms)
FROM set_aside
UNION ALL
SELECT
  'money_document', count(*),
  row_sum(document_seq, kind, name, source_key, sha256, given, raw, imported_at_ms)
FROM money_document
UNION ALL
SELECT 'place', count(*), row_sum(place_no, app_key, region_key)
FROM place
UNION ALL
SELECT 'process', count(*), row_sum(process_key, process_id, named_seq)
FROM process
UNION ALL
SELECT
  'process_attribute', count(*),
  row_sum(
    process_key, attribute_no, snapshot_seq, app_key, deployment_key, region_key, status_key,
    draining, starting_at_ms, scheduled_at_ms, booted_at_ms, started_at_ms, stopping_at_ms,
    terminated_at_ms, rooms_per_process, port_set_no, host_key, legacy_port, hosting_key, fleet_key,
    summary_exit_reason_key
  )
FROM process_attribute
UNION ALL
SELECT
  'process_activity', count(*),
  row_sum(
    process_key, activity_no, rooms_allocated, rooms_allocated_updated_at_ms, active_connections,
    active_connections_updated_after_ms + coalesce(rooms_allocated_updated_at_ms, 0),
    room_slots_available,
    room_slots_available_updated_after_ms + coalesce(rooms_allocated_updated_at_ms, 0),
    idle_since_after_ms + coalesce(rooms_allocated_updated_at_ms, 0), total_rooms, room_set_no
  )
FROM process_activity
UNION ALL
SELECT
  'port', count(*),
  row_sum(process_key, port_set_no, position, name_key, transport_type_key, host_key, port)
FROM port
UNION ALL
SELECT
  'process_room', count(*),
  row_sum(process_key, room_set_no, position, room_key, room_fact_no, is_unplaced)
FROM process_room
UNION ALL
SELECT
  'observation', count(*),
  row_sum(process_key, snapshot_seq, restated_attribute_no, egressed_bytes, activity_no)
FROM observation
UNION ALL
SELECT 'room', count(*), row_sum(room_key, room_id)
FROM room
UNION ALL
SELECT
  'room_fact', count(*),
  row_sum(room_key, room_fact_no, app_key, status_key, room_config_key, allocation_no)
FROM room_fact
UNION ALL
SELECT
  'room_allocation', count(*),
  row_sum(
    room_key, allocation_no, room_allocation_id, process_key, scheduled_at_ms, unscheduled_at_ms,
    is_unlisted
  )
FROM room_allocation
UNION ALL
SELECT 'room_config', count(*), row_sum(room_config_key, form_key, part_1, part_2, part_3, part_4)
FROM room_config
UNION ALL
SELECT 'room_config_form', count(*), row_sum(form_key, form)
FROM room_config_form
UNION ALL
SELECT
  'room_observation', count(*),
  row_sum(room_key, snapshot_seq, restatement, room_fact_no)
FROM room_observation
UNION ALL
SELECT
  'room_observation_allocation', count(*),
  row_sum(room_key, snapshot_seq, restatement, position, allocation_no)
FROM room_observation_allocation
UNION ALL
SELECT
  'pruned_file', count(*),
  row_sum(
    pruned_seq, sha256, byte_length, before_ms, process_count, observation_count,
    egressed_bytes_sum, pruned_at_ms
  )
FROM pruned_file
UNION ALL
SELECT 'pruned_process', count(*), row_sum(process_key, pruned_seq, first_row, row_count)
FROM pruned_process;
