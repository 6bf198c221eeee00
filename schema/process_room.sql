-- One row is an element of the list of rooms that a process's activity came with.
CREATE TABLE process_room (
  process_key  INTEGER NOT NULL,
  activity_no  INTEGER NOT NULL,
  position     INTEGER NOT NULL,
  room_key     INTEGER NOT NULL REFERENCES room (room_key),
  room_fact_no INTEGER NOT NULL,
  PRIMARY KEY (process_key, activity_no, position),
  FOREIGN KEY (process_key, activity_no) REFERENCES process_activity (process_key, activity_no),
  FOREIGN KEY (room_key, room_fact_no) REFERENCES room_fact (room_key, room_fact_no)
) STRICT, WITHOUT ROWID;
