-- A snapshot had a wall time of its own before version 5.
INSERT INTO snapshot (
  snapshot_seq, source_key, byte_offset, byte_length, sha256, observed_at_ms, observed_at_origin,
  list_kind, capped, process_count, room_count, duplicate_count, restated_count, reject_count,
  egressed_bytes_sum, ingested_at_ms
)
SELECT
  snapshot_seq, source_key, byte_offset, byte_length, sha256, observed_at_ms, observed_at_origin,
  list_kind, capped, process_count, room_count, duplicate_count, restated_count, reject_count,
  egressed_bytes_sum, 0
FROM newest.snapshot;
