-- add_snapshot: one document, with its provenance and counts.
--
-- in   :snapshot_seq  INTEGER
-- in   :source_key  INTEGER
-- in   :byte_offset  INTEGER
-- in   :byte_length  INTEGER
-- in   :sha256  BLOB
-- in   :observed_at_ms  INTEGER
-- in   :observed_at_origin  TEXT
-- in   :list_kind  TEXT?
-- in   :capped  INTEGER
-- in   :process_count  INTEGER
-- in   :room_count  INTEGER
-- in   :duplicate_count  INTEGER
-- in   :restated_count  INTEGER
-- in   :reject_count  INTEGER
-- in   :egressed_bytes_sum  INTEGER
-- in   :list_app_key  INTEGER?
-- in   :list_region_key  INTEGER?
-- in   :list_proof  TEXT?
-- in   :list_is_given  INTEGER
-- bulk
INSERT INTO snapshot (
  snapshot_seq, source_key, byte_offset, byte_length, sha256, observed_at_ms, observed_at_origin,
  list_kind, capped, process_count, room_count, duplicate_count, restated_count, reject_count,
  egressed_bytes_sum, list_app_key, list_region_key, list_proof, list_is_given
)
VALUES (
  :snapshot_seq, :source_key, :byte_offset, :byte_length, :sha256, :observed_at_ms,
  :observed_at_origin, :list_kind, :capped, :process_count, :room_count, :duplicate_count,
  :restated_count, :reject_count, :egressed_bytes_sum, :list_app_key, :list_region_key, :list_proof,
  :list_is_given
);
