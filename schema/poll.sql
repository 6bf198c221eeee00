-- One row is an instant at which an app was polled in a region: one of its processes was seen there,
-- or a running list that speaks for it was saved. Another poll does not say what it asked for: there,
-- a place without processes looks like one that was not polled.
CREATE VIEW poll AS
SELECT
  app.label AS app_id,
  region.label AS region,
  polled.observed_at_ms AS observed_at_ms,
  max(polled.capped) AS capped
FROM (
  SELECT
    place.app_key AS app_key,
    place.region_key AS region_key,
    snapshot.observed_at_ms AS observed_at_ms,
    snapshot.capped AS capped
  FROM sighting
  JOIN snapshot ON snapshot.snapshot_seq = sighting.snapshot_seq
  JOIN place
    ON place.place_no / 63 = sighting.block
    AND (sighting.places >> CAST(place.place_no % 63 AS INTEGER)) % 2 = 1
  UNION ALL
  SELECT
    app_key,
    region_key,
    observed_at_ms,
    CASE WHEN started_floor_ms IS NULL THEN 0 ELSE 1 END AS capped
  FROM list_scope
  WHERE region_key <> 0
  UNION ALL
  SELECT
    place.app_key AS app_key,
    place.region_key AS region_key,
    every_region.observed_at_ms AS observed_at_ms,
    CASE WHEN every_region.started_floor_ms IS NULL THEN 0 ELSE 1 END AS capped
  FROM list_scope AS every_region
  JOIN place ON place.app_key = every_region.app_key
  WHERE every_region.region_key = 0
) AS polled
LEFT JOIN label AS app ON app.label_key = polled.app_key
LEFT JOIN label AS region ON region.label_key = polled.region_key
GROUP BY polled.app_key, polled.region_key, polled.observed_at_ms, app.label, region.label;
