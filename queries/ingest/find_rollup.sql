-- find_rollup: the sums of one bucket.
--
-- in   :level  INTEGER
-- in   :bucket  INTEGER
-- in   :app_key  INTEGER
-- in   :deployment_key  INTEGER
-- in   :region_key  INTEGER
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
SELECT
  -- part: bucket_billing,
  -- part: bucket_egress
FROM rollup
WHERE level = :level
  AND bucket = :bucket
  AND app_key = :app_key
  AND deployment_key = :deployment_key
  AND region_key = :region_key;
