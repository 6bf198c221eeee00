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

PRAGMA user_version = 3;
