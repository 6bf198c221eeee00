-- One row is which of 63 places one snapshot saw processes in, a bit for each: so that when a place
-- was polled can be told without its observations.
CREATE TABLE sighting (
  snapshot_seq INTEGER NOT NULL REFERENCES snapshot (snapshot_seq),
  block        INTEGER NOT NULL,  -- place_no / 63
  places       INTEGER NOT NULL,  -- the bit place_no % 63 of each
  PRIMARY KEY (snapshot_seq, block)
) STRICT, WITHOUT ROWID;
