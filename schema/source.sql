-- One row is a file (or standard input) that gave at least one document this store did not have.
CREATE TABLE source (
  source_key     INTEGER PRIMARY KEY,
  path           TEXT    NOT NULL,  -- as the user named it; '-' is standard input
  encoding       TEXT    NOT NULL,
  ingested_at_ms INTEGER NOT NULL,  -- wall time of its first document here; no answer depends on it
  CONSTRAINT source_encoding_is_known CHECK (encoding IN ('plain', 'gzip', 'zstd'))
) STRICT;
