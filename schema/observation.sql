-- One row is what one snapshot said of one process: its counter, and which attributes and activity
-- it had. Clustered by process, so that one process is one range and a scan needs no sort.
CREATE TABLE observation (
  process_key    INTEGER NOT NULL REFERENCES process (process_key),
  snapshot_seq   INTEGER NOT NULL REFERENCES snapshot (snapshot_seq),
  restatement    INTEGER NOT NULL,  -- 0; 1, 2 … for what else the same document said of it
  egressed_bytes INTEGER,           -- running total as it came (a wrapped int32 is negative)
  attribute_no   INTEGER NOT NULL,
  activity_no    INTEGER NOT NULL,
  PRIMARY KEY (process_key, snapshot_seq, restatement)
) STRICT, WITHOUT ROWID;
