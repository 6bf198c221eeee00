-- One row is a vendor object that is recognised but says nothing of processes (an invoice, a
-- deployment, an empty answer). Kept whole, once, for the commands that read such things.
CREATE TABLE set_aside (
  set_aside_key  INTEGER PRIMARY KEY,
  source_key     INTEGER NOT NULL REFERENCES source (source_key),
  byte_offset    INTEGER NOT NULL,
  sha256         BLOB    NOT NULL UNIQUE,
  kind           TEXT    NOT NULL,
  raw            BLOB    NOT NULL,
  ingested_at_ms INTEGER NOT NULL
) STRICT;
