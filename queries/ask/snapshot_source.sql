-- snapshot_source: where a document stands.
--
-- in   :snapshot_seq  INTEGER
-- out  source  TEXT
-- out  byte_offset  INTEGER
-- out  byte_length  INTEGER
-- out  sha256  BLOB
SELECT
  source.path AS source,
  snapshot.byte_offset AS byte_offset,
  snapshot.byte_length AS byte_length,
  snapshot.sha256 AS sha256
FROM snapshot
JOIN source ON source.source_key = snapshot.source_key
WHERE snapshot.snapshot_seq = :snapshot_seq;
