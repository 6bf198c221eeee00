-- list_rollups: every bucket with its sums.
--
-- out  level  INTEGER
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
-- out  egress_bytes  INTEGER
-- out  egress_bytes_lo  INTEGER
-- out  egress_bytes_hi  INTEGER
-- out  sent_begin  INTEGER
-- out  sent_end  INTEGER
-- out  open_begin  INTEGER
-- out  open_end  INTEGER
-- out  unmetered_begin  INTEGER
-- out  unmetered_end  INTEGER
-- rows by level, bucket and group
SELECT
  level,
  bucket,
  app_key,
  deployment_key,
  region_key,
  -- part: bucket_billing,
  -- part: bucket_egress
FROM rollup
ORDER BY level, bucket, app_key, deployment_key, region_key;
