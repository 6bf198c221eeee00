-- The normalised tables of an archive in SQLite, as one would make them with the shell at hand.
-- Times are unix milliseconds.
CREATE TABLE IF NOT EXISTS process (
  process_id TEXT PRIMARY KEY, app_id TEXT, deployment_id TEXT, region TEXT,
  rooms_per_process INTEGER, starting_at_ms INTEGER, started_at_ms INTEGER,
  stopping_at_ms INTEGER, terminated_at_ms INTEGER, last_seen_ms INTEGER
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS observation (
  process_id TEXT, observed_at_ms INTEGER, egressed_bytes INTEGER, draining INTEGER,
  rooms_allocated INTEGER, rooms_allocated_updated_at TEXT,
  active_connections INTEGER, active_connections_updated_at TEXT,
  room_slots_available REAL, room_slots_available_updated_at TEXT,
  idle_since TEXT, total_rooms INTEGER,
  PRIMARY KEY (process_id, observed_at_ms)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS port (
  process_id TEXT, name TEXT, transport_type TEXT, host TEXT, port INTEGER,
  first_seen_ms INTEGER, last_seen_ms INTEGER,
  PRIMARY KEY (process_id, name, transport_type, host, port)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS room (
  room_id TEXT, room_allocation_id TEXT, app_id TEXT, status TEXT, room_config TEXT,
  process_id TEXT, scheduled_at TEXT, unscheduled_at TEXT, last_seen_ms INTEGER,
  PRIMARY KEY (room_id, room_allocation_id)
) STRICT, WITHOUT ROWID;
