-- One row is all it has: the earliest time that was ever said of a process, be it startingAt,
-- startedAt or when it was observed. Questions without a window begin before it.
CREATE TABLE store_span (
  store_span_key INTEGER PRIMARY KEY,
  earliest_ms    INTEGER NOT NULL,
  CONSTRAINT store_span_has_one_row CHECK (store_span_key = 1)
) STRICT;
