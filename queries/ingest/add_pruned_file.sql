-- add_pruned_file: a file that observations were moved to.
--
-- in   :pruned_seq  INTEGER
-- in   :sha256  BLOB
-- in   :byte_length  INTEGER
-- in   :before_ms  INTEGER
-- in   :process_count  INTEGER
-- in   :observation_count  INTEGER
-- in   :egressed_bytes_sum  INTEGER
-- in   :pruned_at_ms  INTEGER
INSERT INTO pruned_file (
  pruned_seq,
  sha256,
  byte_length,
  before_ms,
  process_count,
  observation_count,
  egressed_bytes_sum,
  pruned_at_ms
)
VALUES (
  :pruned_seq,
  :sha256,
  :byte_length,
  :before_ms,
  :process_count,
  :observation_count,
  :egressed_bytes_sum,
  :pruned_at_ms
);
