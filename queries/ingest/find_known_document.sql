-- find_known_document: a document that is stored, of processes only and with nothing rejected, whose
-- time may be the one that it has now.
--
-- in   :sha256  BLOB
-- in   :fallback_at_ms  INTEGER?  unix ms; its time, if it does not say one itself; NULL: none
-- out  process_count  INTEGER  good records, stored or said again
-- out  observed_at_ms  INTEGER
-- rows that of the fallback first
SELECT
  process_count + duplicate_count AS process_count,
  observed_at_ms
FROM snapshot
WHERE substr(sha256, 1, 4) = substr(:sha256, 1, 4)
  AND sha256 = :sha256
  AND (observed_at_origin = 'envelope' OR observed_at_ms = :fallback_at_ms)
  AND reject_count = 0
  AND room_count = 0
ORDER BY
  CASE WHEN observed_at_ms = :fallback_at_ms THEN 0 ELSE 1 END,
  snapshot_seq
LIMIT 1;
