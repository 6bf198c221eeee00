-- show_known_state: what tells what counts, in a row.
CREATE TEMP TABLE known_state (
  known_seq         INTEGER NOT NULL,  -- the newest snapshot that counts
  last_key          INTEGER NOT NULL,  -- the last process that was named by then
  newest_source_key INTEGER,           -- where the newest snapshot stands; NULL: none counts
  next_source_key   INTEGER NOT NULL,  -- where the next one stands, that does not count
  next_offset       INTEGER NOT NULL
);
