-- One row is a distinct thing said of one allocation: that a room was scheduled on a process from
-- an instant on and, once it is over, until another. The interval is the allocation, not the room.
CREATE TABLE room_allocation (
  room_key           INTEGER NOT NULL REFERENCES room (room_key),
  allocation_no      INTEGER NOT NULL,
  room_allocation_id TEXT    NOT NULL,
  process_key        INTEGER REFERENCES process (process_key),
  scheduled_at_ms    INTEGER,
  unscheduled_at_ms  INTEGER,  -- NULL while it is current
  first_seen_ms      INTEGER NOT NULL,
  last_seen_ms       INTEGER NOT NULL,
  last_snapshot_seq  INTEGER NOT NULL,
  PRIMARY KEY (room_key, allocation_no)
) STRICT, WITHOUT ROWID;
