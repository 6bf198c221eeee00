-- 0003: exact rollups. The program fills them after this step.
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
  CONSTRAINT rollup_level_is_known CHECK (level IN (0, 1, 2)),
  PRIMARY KEY (level, bucket, app_key, deployment_key, region_key)
) STRICT, WITHOUT ROWID;

-- One row is what the rollups know of one observed process: where in time everything that it adds to
-- them begins and ends, and how far the curve of its egress has come.
CREATE TABLE process_meter (
  process_key      INTEGER PRIMARY KEY REFERENCES process (process_key),
  app_key          INTEGER NOT NULL,  -- the group it is in; 0 for none
  deployment_key   INTEGER NOT NULL,
  region_key       INTEGER NOT NULL,
  extent           INTEGER NOT NULL,  -- to_ms - from_ms is less than 2^(16 + extent)
  from_ms          INTEGER NOT NULL,  -- nothing begins or ends before
  to_ms            INTEGER NOT NULL,  -- nothing begins or ends after, but for
  tail_ms          INTEGER,           -- what ends at this later instant, were it lost
  endless          INTEGER NOT NULL,  -- 1: not started, not ended: its upper bound has no end
  irregular        INTEGER NOT NULL,  -- 1: not in the rollups, to be asked for itself
  first_reading_ms INTEGER,           -- NULL: it has no reading
  rise_ms          INTEGER,           -- up to here surely nothing had left; NULL: 0 bytes
  top_ms           INTEGER,           -- when its total was first read
  last_reading_ms  INTEGER,           -- at most its end
  egress_bytes     INTEGER,           -- the total, cleaned
  below            INTEGER NOT NULL,  -- 1: the last reading lies below the total
  plain            INTEGER NOT NULL   -- 1: its readings came in order, none below another
) STRICT;
CREATE INDEX process_meter_by_time ON process_meter (extent, from_ms);
CREATE INDEX process_meter_by_tail ON process_meter (tail_ms) WHERE tail_ms IS NOT NULL;
CREATE INDEX process_meter_endless ON process_meter (process_key) WHERE endless = 1;
CREATE INDEX process_meter_irregular ON process_meter (process_key) WHERE irregular = 1;

-- One row is a span of whole hours in which one process was not read although its total grew, or in
-- which its total stood still. The rollups' differences are not what windows inside it hold.
CREATE TABLE egress_gap (
  extent      INTEGER NOT NULL,  -- to_hour - from_hour is less than 2^extent
  from_hour   INTEGER NOT NULL,  -- hours since 1970: windows [a, b) with from_hour <= a
  process_key INTEGER NOT NULL REFERENCES process (process_key),
  to_hour     INTEGER NOT NULL,  -- and b <= to_hour
  bytes       INTEGER NOT NULL,  -- are this much too low in lo; 0: count one process too many
  PRIMARY KEY (extent, from_hour, process_key, to_hour, bytes)
) STRICT, WITHOUT ROWID;

-- One row is all it has: the earliest time that was ever said of a process, be it startingAt,
-- startedAt or when it was observed. Questions without a window begin before it.
CREATE TABLE store_span (
  store_span_key INTEGER PRIMARY KEY,
  earliest_ms    INTEGER NOT NULL,
  CONSTRAINT store_span_has_one_row CHECK (store_span_key = 1)
) STRICT;

-- One row is an observed process and what is known of the begin and end of its billable time,
-- whatever the as-of. One that never started, or started after its end, has no start.
CREATE VIEW billable_span AS
SELECT
  process_key,
  CASE
    WHEN stopping_at_ms IS NOT NULL THEN 'complete'
    WHEN terminated_at_ms IS NOT NULL THEN 'no_stop_order'
    WHEN started_at_ms IS NOT NULL THEN 'unended'
    ELSE 'starting'
  END AS rule,
  CASE
    WHEN coalesce(stopping_at_ms, terminated_at_ms) < started_at_ms THEN NULL
    WHEN coalesce(started_at_ms, stopping_at_ms, terminated_at_ms) IS NULL THEN last_seen_ms
    ELSE started_at_ms
  END AS start_ms,
  coalesce(stopping_at_ms, terminated_at_ms) AS end_ms,
  CASE
    WHEN stopping_at_ms IS NOT NULL THEN stopping_at_ms
    WHEN terminated_at_ms IS NULL THEN last_seen_ms
    ELSE min(
      terminated_at_ms,
      coalesce(
        (
          SELECT max(unended.last_seen_ms)
          FROM process_attribute AS unended
          WHERE unended.process_key = process.process_key AND unended.terminated_at_ms IS NULL
        ),
        started_at_ms
      )
    )
  END AS end_lo_ms,
  last_seen_ms
FROM process
WHERE last_seen_ms IS NOT NULL;

-- One row is an observed process and what there is to know of the curve of its egress: where it
-- begins and ends, and its total. The readings between are in egress_reading.
CREATE VIEW egress_curve AS
SELECT
  process_key, app_key, deployment_key, region_key, from_ms, to_ms, started_at_ms, starting_at_ms,
  terminated_at_ms, first_seen_ms, last_seen_ms, first_reading_ms, last_reading_ms, egress_bytes,
  coalesce(started_at_ms, starting_at_ms, last_seen_ms) AS longest_from_ms,
  below, plain,
  nullif(zero_ms, terminated_at_ms) AS zero_ms,  -- its counter was 0 here; NULL: unknown start
  CASE
    WHEN zero_ms IS NULL OR zero_ms = terminated_at_ms THEN NULL
    WHEN started_at_ms IS NULL OR starting_at_ms < started_at_ms THEN starting_at_ms
    ELSE started_at_ms
  END AS nothing_until_ms,  -- with a zero_ms: up to here surely nothing had left
  CASE WHEN zero_ms > terminated_at_ms THEN NULL ELSE terminated_at_ms END AS end_ms,
  CASE WHEN egress_bytes = 2147483647 AND top_ms < last_reading_ms THEN 1 ELSE 0 END AS clamped32,
  CASE
    WHEN last_reading_ms IS NULL THEN 0
    WHEN last_reading_ms >= terminated_at_ms AND below = 0
      AND (egress_bytes <> 2147483647 OR top_ms = last_reading_ms) THEN 0
    ELSE 1
  END AS is_open_ended  -- nothing bounds what was sent after the last reading
FROM (
  SELECT
    process.process_key AS process_key,
    meter.app_key AS app_key,
    meter.deployment_key AS deployment_key,
    meter.region_key AS region_key,
    meter.from_ms AS from_ms,
    meter.to_ms AS to_ms,
    process.started_at_ms AS started_at_ms,
    process.starting_at_ms AS starting_at_ms,
    process.terminated_at_ms AS terminated_at_ms,
    process.first_seen_ms AS first_seen_ms,
    process.last_seen_ms AS last_seen_ms,
    meter.first_reading_ms AS first_reading_ms,
    meter.last_reading_ms AS last_reading_ms,
    meter.egress_bytes AS egress_bytes,
    meter.top_ms AS top_ms,
    meter.below AS below,
    meter.plain AS plain,
    CASE
      WHEN process.started_at_ms < meter.first_reading_ms THEN process.started_at_ms
      WHEN process.starting_at_ms < meter.first_reading_ms THEN process.starting_at_ms
    END AS zero_ms
  FROM process
  JOIN process_meter AS meter ON meter.process_key = process.process_key
);

-- One row is a reading of a process's counter as it counts: repaired, and made at the process's end
-- if it came after that. Below an earlier one it does not count.
CREATE VIEW egress_reading AS
SELECT
  curve.process_key AS process_key,
  observation.snapshot_seq AS snapshot_seq,
  curve.zero_ms AS zero_ms,
  curve.nothing_until_ms AS nothing_until_ms,
  CASE
    WHEN snapshot.observed_at_ms > curve.end_ms THEN curve.end_ms
    ELSE snapshot.observed_at_ms
  END AS at_ms,
  CASE
    WHEN observation.egressed_bytes < 0 THEN observation.egressed_bytes + 4294967296
    ELSE observation.egressed_bytes
  END AS bytes,
  CASE WHEN observation.egressed_bytes < 0 THEN 1 ELSE 0 END AS is_wrapped,
  CASE WHEN snapshot.observed_at_ms > curve.end_ms THEN 1 ELSE 0 END AS is_late
FROM egress_curve AS curve
JOIN observation ON observation.process_key = curve.process_key
JOIN snapshot ON snapshot.snapshot_seq = observation.snapshot_seq
WHERE observation.egressed_bytes IS NOT NULL;

PRAGMA user_version = 3;
