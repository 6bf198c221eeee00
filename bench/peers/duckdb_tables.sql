-- The normalised tables of an archive in DuckDB. Times are unix milliseconds. No PRIMARY KEY: with
-- them DuckDB loads slower and takes three times the room; the load itself keeps rows from doubling.
CREATE TABLE IF NOT EXISTS process (
  process_id VARCHAR, app_id VARCHAR, deployment_id VARCHAR, region VARCHAR,
  rooms_per_process INTEGER, starting_at_ms BIGINT, started_at_ms BIGINT, stopping_at_ms BIGINT,
  terminated_at_ms BIGINT, last_seen_ms BIGINT
);
CREATE TABLE IF NOT EXISTS observation (
  process_id VARCHAR, observed_at_ms BIGINT, egressed_bytes BIGINT, draining BOOLEAN,
  rooms_allocated INTEGER, rooms_allocated_updated_at_ms BIGINT,
  active_connections INTEGER, active_connections_updated_at_ms BIGINT,
  room_slots_available DOUBLE, room_slots_available_updated_at_ms BIGINT,
  idle_since_ms BIGINT, total_rooms INTEGER
);
CREATE TABLE IF NOT EXISTS port (
  process_id VARCHAR, name VARCHAR, transport_type VARCHAR, host VARCHAR, port INTEGER,
  first_seen_ms BIGINT, last_seen_ms BIGINT
);
CREATE TABLE IF NOT EXISTS room (
  room_id VARCHAR, app_id VARCHAR, status VARCHAR, room_config VARCHAR,
  room_allocation_id VARCHAR, process_id VARCHAR, scheduled_at_ms BIGINT, unscheduled_at_ms BIGINT,
  last_seen_ms BIGINT
);
