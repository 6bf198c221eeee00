-- bring_observations: the observations that were moved to a file, and are read from it again.
CREATE TEMP TABLE brought_observation (
  process_key           INTEGER NOT NULL,
  snapshot_seq          INTEGER NOT NULL,
  restated_attribute_no INTEGER NOT NULL,
  egressed_bytes        INTEGER,
  activity_no           INTEGER NOT NULL,
  PRIMARY KEY (process_key, snapshot_seq, restated_attribute_no)
) WITHOUT ROWID;
