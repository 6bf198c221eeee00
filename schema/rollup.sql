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
