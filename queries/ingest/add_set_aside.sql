-- add_set_aside: a vendor object that is not metered.
--
-- in   :source_key  INTEGER
-- in   :byte_offset  INTEGER
-- in   :sha256  BLOB
-- in   :kind  TEXT
-- in   :raw  BLOB
-- in   :ingested_at_ms  INTEGER
INSERT INTO set_aside (
  source_key, byte_offset, sha256, kind, raw, ingested_at_ms
)
VALUES (
  :source_key, :byte_offset, :sha256, :kind, :raw, :ingested_at_ms
);
