-- save_rollup: the sums of one bucket.
--
-- in   :level  INTEGER
-- in   :bucket  INTEGER
-- in   :app_key  INTEGER
-- in   :deployment_key  INTEGER
-- in   :region_key  INTEGER
-- in   :billed_count  INTEGER
-- in   :billed_ms  INTEGER
-- in   :billed_lo_count  INTEGER
-- in   :billed_lo_ms  INTEGER
-- in   :billed_hi_count  INTEGER
-- in   :billed_hi_ms  INTEGER
-- in   :billed_begin  INTEGER
-- in   :billed_end  INTEGER
-- in   :egress_bytes  INTEGER
-- in   :egress_bytes_lo  INTEGER
-- in   :egress_bytes_hi  INTEGER
-- in   :sent_begin  INTEGER
-- in   :sent_end  INTEGER
-- in   :open_begin  INTEGER
-- in   :open_end  INTEGER
-- in   :unmetered_begin  INTEGER
-- in   :unmetered_end  INTEGER
-- bulk
INSERT OR REPLACE INTO rollup (
  level, bucket, app_key, deployment_key, region_key,
  -- part: bucket_billing,
  -- part: bucket_egress
)
VALUES (
  :level, :bucket, :app_key, :deployment_key, :region_key,
  :billed_count,
  :billed_ms,
  :billed_lo_count,
  :billed_lo_ms,
  :billed_hi_count,
  :billed_hi_ms,
  :billed_begin,
  :billed_end,
  :egress_bytes,
  :egress_bytes_lo,
  :egress_bytes_hi,
  :sent_begin,
  :sent_end,
  :open_begin,
  :open_end,
  :unmetered_begin,
  :unmetered_end
);
