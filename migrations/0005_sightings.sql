-- 0005: which apps and regions each snapshot saw, so that coverage need not read observations; and
-- less work for every row of a snapshot and of a rollup.
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

-- A snapshot came when its source did, and is found by four bytes of its digest.
CREATE TEMP TABLE moved AS SELECT * FROM snapshot;
DROP TABLE snapshot;

-- One row is a document that was true at one instant: a poll of a list, or one object saved alone.
-- snapshot_seq is the axis of knowledge: documents are numbered in the order in which they came.
CREATE TABLE snapshot (
  snapshot_seq       INTEGER PRIMARY KEY,
  source_key         INTEGER NOT NULL REFERENCES source (source_key),
  byte_offset        INTEGER NOT NULL,  -- in the source, after decompression
  byte_length        INTEGER NOT NULL,
  sha256             BLOB    NOT NULL,  -- of exactly those bytes
  observed_at_ms     INTEGER NOT NULL,  -- unix milliseconds, UTC
  observed_at_origin TEXT    NOT NULL,
  list_kind          TEXT,              -- as the envelope said; NULL when it did not
  capped             INTEGER NOT NULL,  -- 1: said to be cut off, or a list of exactly 10
  process_count      INTEGER NOT NULL,  -- observations stored
  room_count         INTEGER NOT NULL,  -- rooms of a document about rooms
  duplicate_count    INTEGER NOT NULL,  -- records that said again what was known for this instant
  restated_count     INTEGER NOT NULL,  -- records that said something else of a known instant
  reject_count       INTEGER NOT NULL,
  egressed_bytes_sum INTEGER NOT NULL,  -- control total over its observations, modulo 2^64
  CONSTRAINT snapshot_digest_is_whole CHECK (length(sha256) = 32),
  CONSTRAINT snapshot_origin_is_known  -- SQLite makes a table of a longer IN for every row
    CHECK (
      observed_at_origin = 'envelope' OR observed_at_origin = 'flag'
      OR observed_at_origin = 'filename' OR observed_at_origin = 'mtime'
      OR observed_at_origin = 'now'
    ),
  CONSTRAINT snapshot_capped_is_boolean CHECK (capped IN (0, 1))
) STRICT;
-- A digest stands at one time only once: the program compares all of it before it writes.
CREATE INDEX snapshot_by_digest ON snapshot (substr(sha256, 1, 4), observed_at_ms);
CREATE INDEX snapshot_by_time ON snapshot (observed_at_ms);

INSERT INTO snapshot (
  snapshot_seq, source_key, byte_offset, byte_length, sha256, observed_at_ms, observed_at_origin,
  list_kind, capped, process_count, room_count, duplicate_count, restated_count, reject_count,
  egressed_bytes_sum
)
SELECT
  snapshot_seq, source_key, byte_offset, byte_length, sha256, observed_at_ms, observed_at_origin,
  list_kind, capped, process_count, room_count, duplicate_count, restated_count, reject_count,
  egressed_bytes_sum
FROM moved;
DROP TABLE moved;

CREATE TEMP TABLE moved AS SELECT * FROM rollup;
DROP TABLE rollup;

-- One row is what a bucket of time holds of the processes of one app, deployment and region: by how
-- much each meter, a cumulative function of time, grows inside it. Kept in the transaction that
-- stores the snapshots, it answers what a scan of the observations answers. Irregular processes
-- (see process_meter) are not in it.
--
-- Buckets are counted from 1970 in UTC. Billable time before an instant B is, over the buckets
-- before B, the sum of count * (B - begin of bucket) - ms.
CREATE TABLE rollup (
  level           INTEGER NOT NULL,  -- 0: hours, 1: days of 24 hours, 2: eras of 64 days
  bucket          INTEGER NOT NULL,  -- its number, counted from 1970
  app_key         INTEGER NOT NULL,  -- a label_key, or 0 for none
  deployment_key  INTEGER NOT NULL,  -- likewise
  region_key      INTEGER NOT NULL,  -- likewise
  billed_count    INTEGER NOT NULL,  -- billable spans that begin here less those that end here
  billed_ms       INTEGER NOT NULL,  -- how far behind the bucket's begin they do, likewise summed
  billed_lo_count INTEGER NOT NULL,
  billed_lo_ms    INTEGER NOT NULL,
  billed_hi_count INTEGER NOT NULL,
  billed_hi_ms    INTEGER NOT NULL,
  billed_begin    INTEGER NOT NULL,  -- processes whose upper span begins here
  billed_end      INTEGER NOT NULL,  -- or ends here: in (begin of bucket, end of bucket]
  egress_bytes    INTEGER NOT NULL,  -- bytes that left here
  egress_bytes_lo INTEGER NOT NULL,  -- by how much the lower function grows, summed
  egress_bytes_hi INTEGER NOT NULL,  -- by how much the upper function grows, summed
  sent_begin      INTEGER NOT NULL,  -- processes whose bytes may begin to leave here
  sent_end        INTEGER NOT NULL,
  open_begin      INTEGER NOT NULL,  -- processes from whose last reading on nothing bounds them
  open_end        INTEGER NOT NULL,
  unmetered_begin INTEGER NOT NULL,  -- processes without any reading
  unmetered_end   INTEGER NOT NULL,
  CONSTRAINT rollup_level_is_known CHECK (level BETWEEN 0 AND 2),
  PRIMARY KEY (level, bucket, app_key, deployment_key, region_key)
) STRICT, WITHOUT ROWID;

INSERT INTO rollup SELECT * FROM moved;
DROP TABLE moved;

PRAGMA user_version = 5;
