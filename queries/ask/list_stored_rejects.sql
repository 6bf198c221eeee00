-- list_stored_rejects: everything wrong in what was handed in, but for what is good by now.
--
-- out  snapshot_seq  INTEGER  0: of no snapshot
-- out  source  TEXT
-- out  encoding  TEXT
-- out  record_offset  INTEGER
-- out  record_length  INTEGER
-- out  byte_offset  INTEGER
-- out  json_pointer  TEXT
-- out  reason  TEXT
-- out  raw  BLOB?
-- out  document_sha256  BLOB?
-- rows by the time of their snapshots, then by when these became known; before all, those of none
SELECT
  coalesce(reject.snapshot_seq, 0) AS snapshot_seq,
  source.path AS source,
  source.encoding AS encoding,
  reject.record_offset AS record_offset,
  reject.record_length AS record_length,
  reject.byte_offset AS byte_offset,
  reject.json_pointer AS json_pointer,
  reject.reason AS reason,
  reject.raw AS raw,
  reject.document_sha256 AS document_sha256
FROM reject
JOIN source ON source.source_key = reject.source_key
LEFT JOIN snapshot ON snapshot.snapshot_seq = reject.snapshot_seq
WHERE NOT EXISTS (SELECT 1 FROM made_good WHERE made_good.reject_key = reject.reject_key)
ORDER BY
  reject.snapshot_seq IS NOT NULL, snapshot.observed_at_ms, reject.snapshot_seq, reject.reject_key;
