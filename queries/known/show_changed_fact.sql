-- show_changed_fact: facts of rooms that later snapshots said too, and the spans of those that count.
CREATE TEMP TABLE changed_fact (
  room_key           INTEGER NOT NULL,
  room_fact_no       INTEGER NOT NULL,
  first_snapshot_seq INTEGER NOT NULL,
  last_snapshot_seq  INTEGER NOT NULL,
  PRIMARY KEY (room_key, room_fact_no)
) WITHOUT ROWID;
