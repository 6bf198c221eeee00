-- list_egress_buckets: what the buckets of one level hold of egress.
--
-- in   :level  INTEGER
-- in   :from_bucket  INTEGER  inclusive
-- in   :to_bucket  INTEGER  exclusive
-- out  bucket  INTEGER
-- out  app_key  INTEGER
-- out  deployment_key  INTEGER
-- out  region_key  INTEGER
-- out  egress_bytes  INTEGER
-- out  egress_bytes_lo  INTEGER
-- out  egress_bytes_hi  INTEGER
-- out  sent_begin  INTEGER
-- out  sent_end  INTEGER
-- out  open_begin  INTEGER
-- out  open_end  INTEGER
-- out  unmetered_begin  INTEGER
-- out  unmetered_end  INTEGER
-- rows by bucket, then by group
SELECT
  bucket,
  app_key,
  deployment_key,
  region_key,
  -- part: bucket_egress
FROM rollup
WHERE level = :level AND bucket >= :from_bucket AND bucket < :to_bucket
ORDER BY bucket, app_key, deployment_key, region_key;
