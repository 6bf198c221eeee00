-- list_rejected_places: where in a source these bytes were already rejected as a whole.
--
-- in   :document_sha256  BLOB
-- in   :path  TEXT
-- out  record_offset  INTEGER
-- out  reject_key  INTEGER
-- rows in the order in which they were handed in
SELECT
  reject.record_offset AS record_offset,
  reject.reject_key AS reject_key
FROM reject
JOIN source ON source.source_key = reject.source_key
WHERE reject.document_sha256 = :document_sha256
  AND source.path = :path
ORDER BY reject.reject_key;
