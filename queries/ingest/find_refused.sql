-- find_refused: a document of which records were refused because observations were pruned, while all of these are back.
--
-- in   :sha256  BLOB
-- in   :observed_at_ms  INTEGER
-- out  reject_key  INTEGER
-- rows one, or none
SELECT reject.reject_key AS reject_key
FROM reject
JOIN snapshot ON snapshot.snapshot_seq = reject.snapshot_seq
WHERE reject.document_sha256 = :sha256
  AND NOT EXISTS (SELECT 1 FROM made_good WHERE made_good.reject_key = reject.reject_key)
  AND snapshot.observed_at_ms = :observed_at_ms
  AND NOT EXISTS (SELECT 1 FROM pruned_process)
ORDER BY reject.reject_key
LIMIT 1;
