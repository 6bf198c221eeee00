-- One row is an element of the list of allocations that a document gave of one room.
CREATE TABLE room_observation_allocation (
  room_key      INTEGER NOT NULL,
  snapshot_seq  INTEGER NOT NULL,
  restatement   INTEGER NOT NULL,
  position      INTEGER NOT NULL,
  allocation_no INTEGER NOT NULL,
  PRIMARY KEY (room_key, snapshot_seq, restatement, position),
  FOREIGN KEY (room_key, snapshot_seq, restatement)
    REFERENCES room_observation (room_key, snapshot_seq, restatement),
  FOREIGN KEY (room_key, allocation_no) REFERENCES room_allocation (room_key, allocation_no)
) STRICT, WITHOUT ROWID;
