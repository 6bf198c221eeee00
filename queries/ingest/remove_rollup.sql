-- remove_rollup: takes an empty bucket away.
--
-- in   :level  INTEGER
-- in   :bucket  INTEGER
-- in   :app_key  INTEGER
-- in   :deployment_key  INTEGER
-- in   :region_key  INTEGER
DELETE FROM rollup
WHERE level = :level
  AND bucket = :bucket
  AND app_key = :app_key
  AND deployment_key = :deployment_key
  AND region_key = :region_key;
