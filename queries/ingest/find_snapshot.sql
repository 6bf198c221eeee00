-- find_snapshot: whether these bytes are already stored for this instant.
--
-- in   :sha256  BLOB
-- in   :observed_at_ms  INTEGER  unix ms
-- out  snapshot_seq  INTEGER
SELECT snapshot_seq FROM snapshot
WHERE substr(sha256, 1, 4) = substr(:sha256, 1, 4)
  AND sha256 = :sha256
  AND observed_at_ms = :observed_at_ms;
