-- list_open_rejects: documents that were rejected as a whole, and not made good since.
--
-- out  path  TEXT  of the source
-- out  record_offset  INTEGER  where the document stood
-- out  begins  BLOB  its first bytes
-- out  reject_key  INTEGER
-- rows in the order in which they were handed in
SELECT
  source.path AS path,
  reject.record_offset AS record_offset,
  substr(reject.raw, 1, 1024) AS begins,
  reject.reject_key AS reject_key
FROM reject
JOIN source ON source.source_key = reject.source_key
WHERE reject.document_sha256 IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM made_good WHERE made_good.reject_key = reject.reject_key)
  AND reject.raw IS NOT NULL
  AND source.path <> '-'
ORDER BY reject.reject_key;
