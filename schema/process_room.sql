-- One row is a room of a list that came with a process's activity. A list that the next activities
-- repeat is written once; they name it by its number.
CREATE TABLE process_room (
  process_key  INTEGER NOT NULL REFERENCES process (process_key),
  room_set_no  INTEGER NOT NULL,  -- 1, 2 … within the process
  position     INTEGER NOT NULL,
  room_key     INTEGER NOT NULL REFERENCES room (room_key),
  room_fact_no INTEGER NOT NULL,
  is_unplaced  INTEGER NOT NULL,  -- 1: the fact names no allocation of the room to this process
  CONSTRAINT process_room_is_unplaced_is_boolean CHECK (is_unplaced IN (0, 1)),
  PRIMARY KEY (process_key, room_set_no, position),
  FOREIGN KEY (room_key, room_fact_no) REFERENCES room_fact (room_key, room_fact_no)
) STRICT, WITHOUT ROWID;
CREATE INDEX process_room_unplaced ON process_room (room_key, process_key) WHERE is_unplaced = 1;
