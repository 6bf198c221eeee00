-- list_stored_documents: every snapshot, with all that its row says.
--
-- out  snapshot_seq  INTEGER
-- out  source  TEXT  the file it stands in
-- out  encoding  TEXT
-- out  byte_offset  INTEGER
-- out  byte_length  INTEGER
-- out  sha256  BLOB
-- out  observed_at_ms  INTEGER
-- out  observed_at_origin  TEXT
-- out  list_kind  TEXT?
-- out  list_app_key  INTEGER?
-- out  list_region_key  INTEGER?
-- out  list_proof  TEXT?
-- out  list_is_given  INTEGER
-- out  capped  INTEGER
-- out  duplicate_count  INTEGER
-- out  reject_count  INTEGER
-- rows by time, then by when they became known
SELECT
  snapshot.snapshot_seq AS snapshot_seq,
  source.path AS source,
  source.encoding AS encoding,
  snapshot.byte_offset AS byte_offset,
  snapshot.byte_length AS byte_length,
  snapshot.sha256 AS sha256,
  snapshot.observed_at_ms AS observed_at_ms,
  snapshot.observed_at_origin AS observed_at_origin,
  snapshot.list_kind AS list_kind,
  snapshot.list_app_key AS list_app_key,
  snapshot.list_region_key AS list_region_key,
  snapshot.list_proof AS list_proof,
  snapshot.list_is_given AS list_is_given,
  snapshot.capped AS capped,
  snapshot.duplicate_count AS duplicate_count,
  snapshot.reject_count AS reject_count
FROM snapshot
JOIN source ON source.source_key = snapshot.source_key
ORDER BY snapshot.observed_at_ms, snapshot.snapshot_seq;
