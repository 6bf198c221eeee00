-- list_scopes: every scope of which there is a running list that proves something. They are found
-- one after the other in the key, so that the lists themselves are not read.
--
-- out  app_key  INTEGER
-- out  region_key  INTEGER  0: all regions of the app
-- rows by app_key and region_key, each once
WITH RECURSIVE scope (app_key, region_key) AS (
  SELECT app_key, region_key
  FROM (SELECT app_key, region_key FROM list_scope ORDER BY app_key, region_key LIMIT 1)
  UNION ALL
  SELECT
    coalesce(
      (
        SELECT min(list_scope.app_key)
        FROM list_scope
        WHERE list_scope.app_key = scope.app_key AND list_scope.region_key > scope.region_key
      ),
      (SELECT min(list_scope.app_key) FROM list_scope WHERE list_scope.app_key > scope.app_key)
    ) AS app_key,
    coalesce(
      (
        SELECT min(list_scope.region_key)
        FROM list_scope
        WHERE list_scope.app_key = scope.app_key AND list_scope.region_key > scope.region_key
      ),
      (
        SELECT list_scope.region_key
        FROM list_scope
        WHERE list_scope.app_key > scope.app_key
        ORDER BY list_scope.app_key, list_scope.region_key
        LIMIT 1
      )
    ) AS region_key
  FROM scope
  WHERE scope.app_key IS NOT NULL
)
SELECT app_key, region_key
FROM scope
WHERE app_key IS NOT NULL
ORDER BY app_key, region_key;
