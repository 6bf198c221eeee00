-- list_places_of_process: the apps and regions under which a process was ever seen.
--
-- in   :process_key  INTEGER
-- in   :known_seq  INTEGER  the newest snapshot that counts
-- out  app_key  INTEGER  0 for none
-- out  region_key  INTEGER  likewise
-- rows by app_key and region_key, each once
SELECT DISTINCT coalesce(app_key, 0) AS app_key, coalesce(region_key, 0) AS region_key
FROM process_attribute
WHERE process_key = :process_key AND snapshot_seq <= :known_seq
ORDER BY 1, 2;
