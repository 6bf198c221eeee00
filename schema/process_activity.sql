-- One row is a distinct set of what snapshots said of the activity in one process; a new row only
-- when something changed. The rooms it listed are in process_room.
CREATE TABLE process_activity (
  process_key                        INTEGER NOT NULL REFERENCES process (process_key),
  activity_no                        INTEGER NOT NULL,
  snapshot_seq                       INTEGER NOT NULL REFERENCES snapshot (snapshot_seq),
  rooms_allocated                    INTEGER,
  rooms_allocated_updated_at_ms      INTEGER,
  active_connections                 ANY,  -- integer or double as it came, else its text
  active_connections_updated_at_ms   INTEGER,
  room_slots_available               ANY,  -- likewise; the vendor's is fractional
  room_slots_available_updated_at_ms INTEGER,
  idle_since_ms                      INTEGER,
  total_rooms                        INTEGER,
  lists_rooms                        INTEGER NOT NULL,  -- 1: there was a list of rooms, maybe empty
  first_seen_ms                      INTEGER NOT NULL,
  last_seen_ms                       INTEGER NOT NULL,
  CONSTRAINT process_activity_lists_rooms_is_boolean CHECK (lists_rooms IN (0, 1)),
  PRIMARY KEY (process_key, activity_no)
) STRICT, WITHOUT ROWID;
