-- add_rollup: adds to the sums of one bucket, which appears when it was not there.
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
-- out  is_zero  INTEGER  1: nothing is left in the bucket
-- rows exactly one
INSERT INTO rollup (
  level, bucket, app_key, deployment_key, region_key,
  billed_count,
  billed_ms,
  billed_lo_count,
  billed_lo_ms,
  billed_hi_count,
  billed_hi_ms,
  billed_begin,
  billed_end,
  egress_bytes,
  egress_bytes_lo,
  egress_bytes_hi,
  sent_begin,
  sent_end,
  open_begin,
  open_end,
  unmetered_begin,
  unmetered_end
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
)
ON CONFLICT DO UPDATE SET
  billed_count = billed_count + excluded.billed_count,
  billed_ms = billed_ms + excluded.billed_ms,
  billed_lo_count = billed_lo_count + excluded.billed_lo_count,
  billed_lo_ms = billed_lo_ms + excluded.billed_lo_ms,
  billed_hi_count = billed_hi_count + excluded.billed_hi_count,
  billed_hi_ms = billed_hi_ms + excluded.billed_hi_ms,
  billed_begin = billed_begin + excluded.billed_begin,
  billed_end = billed_end + excluded.billed_end,
  egress_bytes = egress_bytes + excluded.egress_bytes,
  egress_bytes_lo = egress_bytes_lo + excluded.egress_bytes_lo,
  egress_bytes_hi = egress_bytes_hi + excluded.egress_bytes_hi,
  sent_begin = sent_begin + excluded.sent_begin,
  sent_end = sent_end + excluded.sent_end,
  open_begin = open_begin + excluded.open_begin,
  open_end = open_end + excluded.open_end,
  unmetered_begin = unmetered_begin + excluded.unmetered_begin,
  unmetered_end = unmetered_end + excluded.unmetered_end
RETURNING
  billed_count = 0
  AND billed_ms = 0
  AND billed_lo_count = 0
  AND billed_lo_ms = 0
  AND billed_hi_count = 0
  AND billed_hi_ms = 0
  AND billed_begin = 0
  AND billed_end = 0
  AND egress_bytes = 0
  AND egress_bytes_lo = 0
  AND egress_bytes_hi = 0
  AND sent_begin = 0
  AND sent_end = 0
  AND open_begin = 0
  AND open_end = 0
  AND unmetered_begin = 0
  AND unmetered_end = 0 AS is_zero;
