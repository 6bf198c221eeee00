-- 0005: which apps and regions each snapshot saw, so that coverage need not read observations; four
-- bytes of a digest find it.
-- One row is an app and a region that some process was in together, numbered from 0 in the order in
-- which they were first seen.
CREATE TABLE place (
  place_no   INTEGER PRIMARY KEY,
  app_key    INTEGER NOT NULL,  -- 0 for none
  region_key INTEGER NOT NULL,
  UNIQUE (app_key, region_key)
) STRICT;

-- One row is which of 63 places one snapshot saw processes in, a bit for each: so that when a place
-- was polled can be told without its observations.
CREATE TABLE sighting (
  snapshot_seq INTEGER NOT NULL REFERENCES snapshot (snapshot_seq),
  block        INTEGER NOT NULL,  -- place_no / 63
  places       INTEGER NOT NULL,  -- the bit place_no % 63 of each
  PRIMARY KEY (snapshot_seq, block)
) STRICT, WITHOUT ROWID;

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
  AND (sighting.places >> (place.place_no % 63)) & 1 = 1
LEFT JOIN label AS app ON app.label_key = place.app_key
LEFT JOIN label AS region ON region.label_key = place.region_key
GROUP BY place.place_no, snapshot.observed_at_ms;

-- It is the time of its source.
ALTER TABLE snapshot DROP COLUMN ingested_at_ms;

DROP INDEX snapshot_by_digest;
-- A digest stands at one time only once: the program compares all of it before it writes.
CREATE INDEX snapshot_by_digest ON snapshot (substr(sha256, 1, 4), observed_at_ms);

PRAGMA user_version = 5;
