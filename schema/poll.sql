-- One row is an instant at which processes of one app and region were seen. A poll does not say what
-- it asked for: a place without processes looks like one that was not polled.
CREATE VIEW poll AS
SELECT
  app.label AS app_id,
  region.label AS region,
  snapshot.observed_at_ms AS observed_at_ms,
  max(snapshot.capped) AS capped
FROM sighting
JOIN snapshot ON snapshot.snapshot_seq = sighting.snapshot_seq
JOIN place
  ON place.place_no / 63 = sighting.block
  AND (sighting.places >> CAST(place.place_no % 63 AS INTEGER)) % 2 = 1
LEFT JOIN label AS app ON app.label_key = place.app_key
LEFT JOIN label AS region ON region.label_key = place.region_key
GROUP BY place.place_no, snapshot.observed_at_ms, app.label, region.label;
