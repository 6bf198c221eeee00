-- One row is a process that some document named. Everything but its id is a summary of its history,
-- kept so that questions need not read every observation; `last_seen_ms` is NULL for a process
-- that only a room's allocation named.
--
-- named_seq and touched_seq tell which processes an earlier state of knowledge knew otherwise: those
-- named or touched since.
--
-- A timestamp is the last one that was said (by observed_at, then snapshot_seq). The latest_*
-- columns point at the observation with the greatest (observed_at, snapshot_seq, restatement).
CREATE TABLE process (
  process_key         INTEGER PRIMARY KEY,
  process_id          TEXT    NOT NULL UNIQUE,
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
  gone_ms             INTEGER,  -- by then it had stopped: a list that ought to hold it did not
  named_seq           INTEGER,  -- no snapshot before this one named it; it grows with process_key
  touched_seq         INTEGER,  -- the newest snapshot that observed it, in the order of knowledge
  CONSTRAINT process_id_is_not_empty CHECK (process_id <> ''),
  CONSTRAINT process_is_seen_in_order CHECK (first_seen_ms <= last_seen_ms)
) STRICT;
CREATE INDEX process_by_first_seen ON process (first_seen_ms);
CREATE INDEX process_by_last_seen ON process (last_seen_ms) WHERE terminated_at_ms IS NULL;
CREATE INDEX process_by_touch ON process (touched_seq);
CREATE INDEX process_by_gone ON process (gone_ms) WHERE gone_ms IS NOT NULL;
CREATE INDEX process_gone_ahead ON process (process_key)
WHERE gone_ms IS NOT NULL AND started_at_ms > last_seen_ms;
