-- find_snapshot: whether these bytes are already stored for this instant.
--
-- in   :sha256  BLOB
-- in   :observed_at_ms  INTEGER  unix ms
-- in   :is_list  INTEGER  1: as a running list that was asked for in just this way
-- in   :list_app_key  INTEGER?
-- in   :list_region_key  INTEGER?
-- out  snapshot_seq  INTEGER
SELECT snapshot_seq FROM snapshot
WHERE substr(sha256, 1, 4) = substr(:sha256, 1, 4)
  AND sha256 = :sha256
  AND observed_at_ms = :observed_at_ms
  AND (
    :is_list = 0
    OR (
      list_proof IS NOT NULL
      AND list_app_key IS :list_app_key
      AND list_region_key IS :list_region_key
    )
  );
