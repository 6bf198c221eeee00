-- One row is a file that observations were moved to, out of table `observation`; docs/pruning.md
-- tells how. It is called `<sha256>.parquet`, and lies wherever its owner keeps it.
CREATE TABLE pruned_file (
  pruned_seq         INTEGER PRIMARY KEY,  -- from 1, in the order in which they were made
  sha256             BLOB    NOT NULL,     -- of its bytes
  byte_length        INTEGER NOT NULL,
  before_ms          INTEGER NOT NULL,  -- no answer about this instant or a later one needs it
  process_count      INTEGER NOT NULL,
  observation_count  INTEGER NOT NULL,
  egressed_bytes_sum INTEGER NOT NULL,  -- control total over its observations, modulo 2^64
  pruned_at_ms       INTEGER NOT NULL,  -- wall time; no answer depends on it
  CONSTRAINT pruned_file_digest_is_whole CHECK (length(sha256) = 32)
) STRICT;
