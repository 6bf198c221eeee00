-- One row is a distinct set of what snapshots said of one process, apart from its counter and its
-- activity: a new row only when something changed. What it says is never changed; the three
-- last columns are the span of the observations that said it.
CREATE TABLE process_attribute (
  process_key             INTEGER NOT NULL REFERENCES process (process_key),
  attribute_no            INTEGER NOT NULL,  -- 0, 1, 2 … within the process, as they were first met
  snapshot_seq            INTEGER NOT NULL REFERENCES snapshot (snapshot_seq),  -- said it first
  app_key                 INTEGER REFERENCES label (label_key),
  deployment_key          INTEGER REFERENCES label (label_key),
  region_key              INTEGER REFERENCES label (label_key),
  status_key              INTEGER REFERENCES label (label_key),  -- V2, V3; NULL in V1
  draining                INTEGER,                               -- V1; NULL in V2, V3
  starting_at_ms          INTEGER,  -- startingAt, or createdAt in V2, V3
  scheduled_at_ms         INTEGER,
  booted_at_ms            INTEGER,
  started_at_ms           INTEGER,
  stopping_at_ms          INTEGER,
  terminated_at_ms        INTEGER,
  rooms_per_process       INTEGER,
  port_set_no             INTEGER NOT NULL,  -- which of the process's sets of ports; see port
  host_key                INTEGER REFERENCES label (label_key),
  legacy_port             ANY,               -- `port`: integer or double as it came, else its text
  hosting_key             INTEGER REFERENCES label (label_key),
  fleet_key               INTEGER REFERENCES label (label_key),
  summary_exit_reason_key INTEGER REFERENCES label (label_key),
  first_seen_before_ms    INTEGER NOT NULL,  -- snapshot_seq's time; 0 but for late archives
  last_seen_ms            INTEGER NOT NULL,
  last_snapshot_seq       INTEGER NOT NULL,  -- of the observation at last_seen_ms
  last_restatement        INTEGER NOT NULL,
  CONSTRAINT process_attribute_draining_is_boolean CHECK (draining IN (0, 1)),
  PRIMARY KEY (process_key, attribute_no)
) STRICT, WITHOUT ROWID;
