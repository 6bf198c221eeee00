-- add_reject: one thing wrong in what was handed in.
--
-- in   :source_key  INTEGER
-- in   :snapshot_seq  INTEGER?
-- in   :record_offset  INTEGER
-- in   :record_length  INTEGER
-- in   :byte_offset  INTEGER
-- in   :json_pointer  TEXT
-- in   :reason  TEXT
-- in   :raw  BLOB?
-- in   :document_sha256  BLOB?
-- in   :ingested_at_ms  INTEGER
INSERT INTO reject (
  source_key, snapshot_seq, record_offset, record_length, byte_offset, json_pointer, reason, raw,
  document_sha256, ingested_at_ms
)
VALUES (
  :source_key, :snapshot_seq, :record_offset, :record_length, :byte_offset, :json_pointer,
  :reason, :raw, :document_sha256, :ingested_at_ms
);
