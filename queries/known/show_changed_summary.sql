-- show_changed_summary: the summaries of these processes, of the observations that count.
CREATE TEMP TABLE changed_summary (
  process_key         INTEGER PRIMARY KEY,
  first_seen_ms       INTEGER,
  last_seen_ms        INTEGER,
  latest_snapshot_seq INTEGER,
  latest_restatement  INTEGER,
  latest_attribute_no INTEGER,
  latest_activity_no  INTEGER,
  starting_at_ms      INTEGER,
  scheduled_at_ms     INTEGER,
  booted_at_ms        INTEGER,
  started_at_ms       INTEGER,
  stopping_at_ms      INTEGER,
  terminated_at_ms    INTEGER,
  gone_ms             INTEGER,
  touched_seq         INTEGER
);
