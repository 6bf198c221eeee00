-- show_changed_attribute: the spans of the attributes of these processes, of the observations that count.
CREATE TEMP TABLE changed_attribute (
  process_key       INTEGER NOT NULL,
  attribute_no      INTEGER NOT NULL,
  first_seen_ms     INTEGER NOT NULL,
  last_seen_ms      INTEGER NOT NULL,
  last_snapshot_seq INTEGER NOT NULL,
  last_restatement  INTEGER NOT NULL,
  PRIMARY KEY (process_key, attribute_no)
) WITHOUT ROWID;
