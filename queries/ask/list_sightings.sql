-- list_sightings: which places the snapshots of a span of time saw.
--
-- in   :from_ms  INTEGER  unix ms, inclusive
-- in   :to_ms  INTEGER  unix ms, inclusive: the last poll stands at the as-of itself
-- out  snapshot_seq  INTEGER
-- out  block  INTEGER  place_no / 63
-- out  places  INTEGER  the bit place_no % 63 of each
-- rows by snapshot_seq, then by block
SELECT
  sighting.snapshot_seq AS snapshot_seq,
  sighting.block AS block,
  sighting.places AS places
FROM snapshot
JOIN sighting ON sighting.snapshot_seq = snapshot.snapshot_seq
WHERE snapshot.observed_at_ms >= :from_ms AND snapshot.observed_at_ms <= :to_ms
ORDER BY sighting.snapshot_seq, sighting.block;
