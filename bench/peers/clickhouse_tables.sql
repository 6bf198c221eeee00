-- The normalised tables of an archive in ClickHouse. Times are unix milliseconds. Rows with the
-- same key become one when parts merge, and in every answer for which `final` is set: the one that
-- was seen last stays.
CREATE TABLE IF NOT EXISTS process (
  process_id String, app_id Nullable(String), deployment_id Nullable(String),
  region Nullable(String), rooms_per_process Nullable(Int32), starting_at_ms Nullable(Int64),
  started_at_ms Nullable(Int64), stopping_at_ms Nullable(Int64), terminated_at_ms Nullable(Int64),
  last_seen_ms Int64
) ENGINE = ReplacingMergeTree(last_seen_ms) ORDER BY process_id;
CREATE TABLE IF NOT EXISTS observation (
  process_id String, observed_at_ms Int64, egressed_bytes Nullable(Int64), draining Nullable(Bool),
  rooms_allocated Nullable(Int32), rooms_allocated_updated_at_ms Nullable(Int64),
  active_connections Nullable(Int32), active_connections_updated_at_ms Nullable(Int64),
  room_slots_available Nullable(Float64), room_slots_available_updated_at_ms Nullable(Int64),
  idle_since_ms Nullable(Int64), total_rooms Nullable(Int32)
) ENGINE = MergeTree ORDER BY (process_id, observed_at_ms);
CREATE TABLE IF NOT EXISTS port (
  process_id String, name String, transport_type String, host String, port Int32,
  first_seen_ms SimpleAggregateFunction(min, Int64),
  last_seen_ms SimpleAggregateFunction(max, Int64)
) ENGINE = AggregatingMergeTree ORDER BY (process_id, name, transport_type, host, port);
CREATE TABLE IF NOT EXISTS room (
  room_id String, app_id Nullable(String), status Nullable(String), room_config Nullable(String),
  room_allocation_id String, process_id Nullable(String), scheduled_at_ms Nullable(Int64),
  unscheduled_at_ms Nullable(Int64), last_seen_ms Int64
) ENGINE = ReplacingMergeTree(last_seen_ms) ORDER BY (room_id, room_allocation_id);
