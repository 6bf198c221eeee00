-- One row is a distinct set of what snapshots said of the activity in one process; a new row only
-- when something changed, and never changed itself. The rooms it listed are in process_room; which
-- snapshots said it, in observation. An instant `…_after_ms` counts from
-- rooms_allocated_updated_at_ms (from 1970 where that is NULL), which it often equals: a 0 takes no
-- room. The view activity_history shows instants.
CREATE TABLE process_activity (
  process_key                           INTEGER NOT NULL REFERENCES process (process_key),
  activity_no                           INTEGER NOT NULL,
  rooms_allocated                       INTEGER,
  rooms_allocated_updated_at_ms         INTEGER,
  active_connections                    ANY,  -- integer or double as it came, else its text
  active_connections_updated_after_ms   INTEGER,
  room_slots_available                  ANY,  -- likewise; the vendor's is fractional
  room_slots_available_updated_after_ms INTEGER,
  idle_since_after_ms                   INTEGER,
  total_rooms                           INTEGER,
  room_set_no                           INTEGER,  -- 0: an empty list of rooms; NULL: no list
  PRIMARY KEY (process_key, activity_no)
) STRICT, WITHOUT ROWID;
