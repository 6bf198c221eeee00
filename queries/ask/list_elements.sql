-- list_elements: where the elements of each running list were, and their least starts.
--
-- out  snapshot_seq  INTEGER
-- out  app_key  INTEGER  0 for none
-- out  region_key  INTEGER  likewise
-- out  started_at_ms  INTEGER?  the least
-- out  starting_at_ms  INTEGER?  the least
-- rows by snapshot_seq, app_key and region_key
SELECT
  snapshot.snapshot_seq AS snapshot_seq,
  coalesce(attribute.app_key, 0) AS app_key,
  coalesce(attribute.region_key, 0) AS region_key,
  min(attribute.started_at_ms) AS started_at_ms,
  min(attribute.starting_at_ms) AS starting_at_ms
FROM observation
JOIN snapshot ON snapshot.snapshot_seq = observation.snapshot_seq
JOIN process_attribute AS attribute
  ON attribute.process_key = observation.process_key
  AND attribute.attribute_no = observation.attribute_no
WHERE snapshot.list_proof IS NOT NULL
GROUP BY 1, 2, 3
ORDER BY 1, 2, 3;
