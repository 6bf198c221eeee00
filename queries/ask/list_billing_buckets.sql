-- list_billing_buckets: what the buckets of one level hold of billable time.
--
-- in   :level  INTEGER
-- in   :from_bucket  INTEGER  inclusive
-- in   :to_bucket  INTEGER  exclusive
-- out  bucket  INTEGER
-- out  app_key  INTEGER
-- out  deployment_key  INTEGER
-- out  region_key  INTEGER
-- out  billed_count  INTEGER
-- out  billed_ms  INTEGER
-- out  billed_lo_count  INTEGER
-- out  billed_lo_ms  INTEGER
-- out  billed_hi_count  INTEGER
-- out  billed_hi_ms  INTEGER
-- out  billed_begin  INTEGER
-- out  billed_end  INTEGER
-- rows by bucket, then by group
SELECT
  bucket,
  app_key,
  deployment_key,
  region_key,
  -- part: bucket_billing
FROM rollup
WHERE level = :level AND bucket >= :from_bucket AND bucket < :to_bucket
ORDER BY bucket, app_key, deployment_key, region_key;
