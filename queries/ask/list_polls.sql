-- list_polls: when processes of each app and region were seen. Reads every observation.
--
-- in   :from_ms  INTEGER  unix ms, inclusive
-- in   :to_ms  INTEGER  unix ms, inclusive: the last poll stands at the as-of itself
-- in   :known_seq  INTEGER  the newest snapshot that counts
-- out  app_key  INTEGER
-- out  region_key  INTEGER
-- out  observed_at_ms  INTEGER
-- out  capped  INTEGER  1: some list of this instant was cut
-- rows one per app, region and instant, in this order
SELECT
  attribute.app_key AS app_key,
  attribute.region_key AS region_key,
  snapshot.observed_at_ms AS observed_at_ms,
  max(snapshot.capped) AS capped
FROM observation
JOIN snapshot ON snapshot.snapshot_seq = observation.snapshot_seq
JOIN process_attribute AS attribute
  ON attribute.process_key = observation.process_key
  AND attribute.attribute_no = observation.attribute_no
WHERE snapshot.observed_at_ms >= :from_ms
  AND snapshot.observed_at_ms <= :to_ms
  AND snapshot.snapshot_seq <= :known_seq
GROUP BY attribute.app_key, attribute.region_key, snapshot.observed_at_ms
ORDER BY
  attribute.app_key NULLS FIRST, attribute.region_key NULLS FIRST, snapshot.observed_at_ms;
