-- show_place: the places where the snapshots that count saw processes.
CREATE TEMP TABLE place AS
SELECT stored.place_no, stored.app_key, stored.region_key
FROM main.place AS stored
WHERE EXISTS (
  SELECT 1
  FROM main.sighting AS seen
  WHERE seen.snapshot_seq <= (SELECT known_seq FROM temp.known_state)
    AND seen.block = stored.place_no / 63
    AND (seen.places >> CAST(stored.place_no % 63 AS INTEGER)) % 2 = 1
);
