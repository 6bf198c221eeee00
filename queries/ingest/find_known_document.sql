-- find_known_document: the good records of a document that is stored, of processes only and with
-- nothing rejected.
--
-- in   :sha256  BLOB
-- in   :fallback_at_ms  INTEGER  unix ms; its time, if it does not say one itself
-- out  process_count  INTEGER  stored or said again
SELECT process_count + duplicate_count AS process_count
FROM snapshot
WHERE substr(sha256, 1, 4) = substr(:sha256, 1, 4)
  AND sha256 = :sha256
  AND (observed_at_origin = 'envelope' OR observed_at_ms = :fallback_at_ms)
  AND reject_count = 0
  AND room_count = 0
LIMIT 1;
