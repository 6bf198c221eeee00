-- One row is an app and a region that a running list spoke for: whoever it speaks for and does not
-- hold had stopped by then. A list that proves nothing has no row. See docs/semantics.md.
CREATE TABLE list_scope (
  app_key           INTEGER NOT NULL REFERENCES label (label_key),
  region_key        INTEGER NOT NULL,  -- 0: all regions of the app
  observed_at_ms    INTEGER NOT NULL,  -- when the list was true
  snapshot_seq      INTEGER NOT NULL REFERENCES snapshot (snapshot_seq),
  started_floor_ms  INTEGER,  -- of a list that was cut, which speaks only for processes that
  starting_floor_ms INTEGER,  -- started after the one and whose startingAt is after the other
  PRIMARY KEY (app_key, region_key, observed_at_ms, snapshot_seq)
) STRICT, WITHOUT ROWID;
