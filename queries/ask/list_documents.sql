-- list_documents: every snapshot with its file and its digest.
--
-- in   :known_seq  INTEGER  the newest snapshot that counts
-- out  snapshot_seq  INTEGER
-- out  observed_at_ms  INTEGER
-- out  source  TEXT  the file it stands in
-- out  byte_offset  INTEGER
-- out  byte_length  INTEGER
-- out  sha256  BLOB  of the document
-- out  process_count  INTEGER
-- out  room_count  INTEGER
-- out  duplicate_count  INTEGER
-- out  restated_count  INTEGER
-- out  reject_count  INTEGER
-- out  egressed_bytes_sum  INTEGER  modulo 2^64
-- rows by time, then by when they became known
SELECT
  snapshot.snapshot_seq AS snapshot_seq,
  snapshot.observed_at_ms AS observed_at_ms,
  source.path AS source,
  snapshot.byte_offset AS byte_offset,
  snapshot.byte_length AS byte_length,
  snapshot.sha256 AS sha256,
  snapshot.process_count AS process_count,
  snapshot.room_count AS room_count,
  snapshot.duplicate_count AS duplicate_count,
  snapshot.restated_count AS restated_count,
  snapshot.reject_count AS reject_count,
  snapshot.egressed_bytes_sum AS egressed_bytes_sum
FROM snapshot
JOIN source ON source.source_key = snapshot.source_key
WHERE snapshot.snapshot_seq <= :known_seq
ORDER BY snapshot.observed_at_ms, snapshot.snapshot_seq;
