-- One row is what one snapshot said of one process: its counter, and which attributes and activity
-- it had. Clustered by process, so that one process is one range and a scan needs no sort. The two
-- last columns are not stored: both are read from the third, which is nearly always 0 or 1.
CREATE TABLE observation (
  process_key           INTEGER NOT NULL REFERENCES process (process_key),
  snapshot_seq          INTEGER NOT NULL REFERENCES snapshot (snapshot_seq),
  restated_attribute_no INTEGER NOT NULL,  -- restatement * 2^32 + attribute_no
  egressed_bytes        INTEGER,           -- running total as it came (a wrapped int32 is negative)
  activity_no           INTEGER NOT NULL,
  -- 0; 1, 2 … for what else the same document said of it
  restatement           INTEGER GENERATED ALWAYS AS (restated_attribute_no >> 32),
  attribute_no          INTEGER GENERATED ALWAYS AS (restated_attribute_no & 4294967295),
  PRIMARY KEY (process_key, snapshot_seq, restated_attribute_no)
) STRICT, WITHOUT ROWID;
