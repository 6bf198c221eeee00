-- One row is what a document about rooms said of one room.
CREATE TABLE room_observation (
  room_key     INTEGER NOT NULL,
  snapshot_seq INTEGER NOT NULL REFERENCES snapshot (snapshot_seq),
  restatement  INTEGER NOT NULL,
  room_fact_no INTEGER NOT NULL,
  PRIMARY KEY (room_key, snapshot_seq, restatement),
  FOREIGN KEY (room_key, room_fact_no) REFERENCES room_fact (room_key, room_fact_no)
) STRICT, WITHOUT ROWID;
