-- list_before: the last list before an instant that speaks for all that another one speaks for.
--
-- in   :app_key  INTEGER
-- in   :region_key  INTEGER  0: all regions of the app
-- in   :before_ms  INTEGER
-- in   :started_floor_ms  INTEGER?  of the other one; NULL: it was not cut
-- in   :starting_floor_ms  INTEGER?
-- out  observed_at_ms  INTEGER
SELECT observed_at_ms
FROM list_scope
WHERE app_key = :app_key
  AND region_key = :region_key
  AND observed_at_ms < :before_ms
  AND (
    started_floor_ms IS NULL
    OR (started_floor_ms <= :started_floor_ms AND starting_floor_ms <= :starting_floor_ms)
  )
ORDER BY observed_at_ms DESC
LIMIT 1;
