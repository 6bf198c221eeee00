-- find_rejected_document: whether these bytes were already rejected as a whole, at this place of
-- this source.
--
-- in   :document_sha256  BLOB?
-- in   :path  TEXT  of the source
-- in   :record_offset  INTEGER
-- out  reject_key  INTEGER
SELECT reject.reject_key AS reject_key
FROM reject
JOIN source ON source.source_key = reject.source_key
WHERE reject.document_sha256 = :document_sha256
  AND reject.record_offset = :record_offset
  AND source.path = :path
ORDER BY reject.reject_key
LIMIT 1;
