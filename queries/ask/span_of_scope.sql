-- span_of_scope: when the first and the last running list was true of those that speak for a scope.
--
-- in   :app_key  INTEGER
-- in   :region_key  INTEGER  0: all regions of the app
-- out  first_ms  INTEGER?  NULL: there is none
-- out  last_ms  INTEGER?
-- rows exactly one
SELECT
  (
    SELECT min(observed_at_ms)
    FROM list_scope
    WHERE app_key = :app_key AND region_key = :region_key
  ) AS first_ms,
  (
    SELECT max(observed_at_ms)
    FROM list_scope
    WHERE app_key = :app_key AND region_key = :region_key
  ) AS last_ms;
