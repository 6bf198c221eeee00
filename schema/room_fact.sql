-- One row is a distinct set of what snapshots said of one room; a new row only when something
-- changed.
CREATE TABLE room_fact (
  room_key           INTEGER NOT NULL REFERENCES room (room_key),
  room_fact_no       INTEGER NOT NULL,
  app_key            INTEGER REFERENCES label (label_key),
  status_key         INTEGER REFERENCES label (label_key),
  room_config_key    INTEGER REFERENCES room_config (room_config_key),
  allocation_no      INTEGER,  -- currentAllocation; NULL when there is none
  first_snapshot_seq INTEGER NOT NULL REFERENCES snapshot (snapshot_seq),  -- by observed_at
  last_snapshot_seq  INTEGER NOT NULL REFERENCES snapshot (snapshot_seq),
  PRIMARY KEY (room_key, room_fact_no)
) STRICT, WITHOUT ROWID;
CREATE INDEX room_fact_again ON room_fact (room_key) WHERE room_fact_no > 0;
