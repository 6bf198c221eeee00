-- list_roaming_faults: processes that were seen under several apps and regions and are not kept as
-- such, or the other way round.
--
-- out  process_key  INTEGER
-- rows by process_key
WITH
roaming AS (
  SELECT process_key
  FROM process_attribute
  GROUP BY process_key
  HAVING count(DISTINCT coalesce(app_key, 0) || ' ' || coalesce(region_key, 0)) > 1
)
SELECT process_key
FROM (
  SELECT process_key FROM roaming
  UNION ALL
  SELECT process_key FROM roaming_process
) AS both_sides
GROUP BY process_key
HAVING count(*) = 1
ORDER BY process_key;
