-- last_list: when the last list that speaks for some place of a scope was true.
--
-- in   :app_key  INTEGER
-- in   :region_key  INTEGER  0: all regions of the app
-- out  observed_at_ms  INTEGER?  NULL: there is none
-- rows exactly one
SELECT max(last_ms) AS observed_at_ms
FROM (
  SELECT max(observed_at_ms) AS last_ms
  FROM list_scope
  WHERE app_key = :app_key AND region_key = 0
  UNION ALL
  SELECT max(observed_at_ms) AS last_ms
  FROM list_scope
  WHERE app_key = :app_key AND region_key = :region_key
  UNION ALL
  SELECT (
    SELECT max(list_scope.observed_at_ms)
    FROM list_scope
    WHERE list_scope.app_key = :app_key AND list_scope.region_key = place.region_key
  ) AS last_ms
  FROM place
  WHERE place.app_key = :app_key AND :region_key = 0
);
