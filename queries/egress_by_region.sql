-- egress_by_region: bytes that each region sent in a window, with bounds.
--
-- in   :from_ms  INTEGER  unix ms, inclusive
-- in   :to_ms  INTEGER  unix ms, exclusive
-- in   :as_of_ms  INTEGER  unix ms; nothing later is answered
-- in   :grace_ms  INTEGER  a process seen this recently before the as-of still runs
-- in   :max_lifespan_ms  INTEGER  no process lives longer
-- out  region  TEXT  '' when unknown
-- out  processes  INTEGER  that sent something, or may have
-- out  egress_bytes  INTEGER
-- out  egress_bytes_lo  INTEGER  at least so many
-- out  egress_bytes_hi  INTEGER  at most so many; of open processes only what was seen
-- out  open_processes  INTEGER  may have sent more in the window than anybody read
-- out  unmetered_processes  INTEGER  never said a counter: their egress is unknown, not 0
-- rows one per region with any of these, by name
--
-- The sums of egress_by_process, which says how a process's bytes are found. Every table of this
-- query up to process_egress is its. Reads the summary of every process, and the observations of
-- those whose counter an end of the window cuts.
WITH RECURSIVE period AS (
  SELECT 0 AS period_no, from_ms, to_ms
  FROM (
    SELECT
      :from_ms AS from_ms,
      CASE WHEN :to_ms < :as_of_ms THEN :to_ms ELSE :as_of_ms END AS to_ms
  )
  WHERE from_ms < to_ms
),
-- part: extent,
-- The processes whose curve a bound of a period cuts: the readings of no other are needed. Where
-- nobody knows when a process began, process_meter takes 72 hours for the longest life.
cut AS MATERIALIZED (
  SELECT
    meter.process_key AS process_key,
    bound.period_no AS period_no,
    bound.side AS side,
    bound.bound_ms AS bound_ms
  FROM (
    SELECT period_no, -1 AS side, from_ms AS bound_ms FROM period
    UNION ALL
    SELECT period_no, 1 AS side, to_ms AS bound_ms FROM period
  ) AS bound
  CROSS JOIN extent
  CROSS JOIN process_meter AS meter
    ON meter.extent = extent.extent
    AND meter.from_ms > bound.bound_ms - (65536 << extent.extent)
    AND meter.from_ms < bound.bound_ms + max(0, :max_lifespan_ms - 259200000)
  WHERE meter.last_reading_ms > bound.bound_ms
    AND (
      meter.rise_ms < bound.bound_ms
      OR meter.rise_ms <= meter.first_reading_ms - 259200000
      AND meter.rise_ms - max(0, :max_lifespan_ms - 259200000) < bound.bound_ms
    )
),
-- The total at the bound, and when the counter was read last before it and first after.
neighbour AS MATERIALIZED (
  SELECT
    cut.process_key AS process_key,
    cut.period_no AS period_no,
    cut.side AS side,
    cut.bound_ms AS bound_ms,
    max(reading.zero_ms) AS zero_ms,
    max(reading.nothing_until_ms) AS nothing_until_ms,
    max(CASE WHEN reading.at_ms <= cut.bound_ms THEN reading.bytes ELSE 0 END) AS bytes,
    max(CASE WHEN reading.at_ms <= cut.bound_ms THEN reading.at_ms END) AS at_ms,
    min(CASE WHEN reading.at_ms > cut.bound_ms THEN reading.at_ms END) AS next_at_ms
  FROM cut
  CROSS JOIN egress_reading AS reading ON reading.process_key = cut.process_key
  GROUP BY cut.process_key, cut.period_no, cut.side, cut.bound_ms
),
crossing AS MATERIALIZED (
  SELECT
    process_key, period_no, side, bytes,
    bound_ms - coalesce(at_ms, zero_ms) AS elapsed_ms,
    next_at_ms - coalesce(at_ms, zero_ms) AS span_ms,
    CASE
      WHEN bound_ms <= coalesce(at_ms, nothing_until_ms, next_at_ms - :max_lifespan_ms) THEN 0
      ELSE 1
    END AS may_rise,
    max(
      0,
      (
        SELECT max(reading.bytes)
        FROM egress_reading AS reading
        WHERE reading.process_key = neighbour.process_key
          AND reading.at_ms = neighbour.next_at_ms
      ) - bytes
    ) AS gain_bytes
  FROM neighbour
),
-- The three curves at a bound.
standing AS (
  SELECT
    process_key, period_no, side,
    bytes AS lower_bytes,
    bytes + may_rise * gain_bytes AS upper_bytes,
    CASE
      WHEN elapsed_ms > 0 THEN
        bytes + gain_bytes / span_ms * elapsed_ms
        + gain_bytes % span_ms * (elapsed_ms >> 20) / span_ms * 1048576
        + (
          gain_bytes % span_ms * (elapsed_ms >> 20) % span_ms * 1048576
          + gain_bytes % span_ms * (elapsed_ms & 1048575)
        ) / span_ms
      ELSE bytes
    END AS point_bytes
  FROM crossing
),
sent AS (
  SELECT
    process_key,
    period_no,
    sum(side * point_bytes) AS egress_bytes,
    sum(CASE side WHEN 1 THEN lower_bytes ELSE -upper_bytes END) AS egress_bytes_lo,
    sum(CASE side WHEN 1 THEN upper_bytes ELSE -lower_bytes END) AS egress_bytes_hi
  FROM standing
  GROUP BY process_key, period_no
),
-- Up to its rise a curve is 0, and from its last reading on its total; a process is gone at
-- death_ms at the latest. Whatever else is said of one that ended lies between from_ms and to_ms.
process_curve AS (
  SELECT
    period.period_no AS period_no,
    period.from_ms AS from_ms,
    period.to_ms AS to_ms,
    curve.process_key AS process_key,
    curve.app_key AS app_key,
    curve.deployment_key AS deployment_key,
    curve.region_key AS region_key,
    curve.last_reading_ms AS last_reading_ms,
    curve.is_open_ended AS is_open_ended,
    coalesce(curve.started_at_ms, curve.starting_at_ms, curve.first_seen_ms) AS begin_ms,
    CASE
      WHEN curve.terminated_at_ms IS NOT NULL THEN curve.terminated_at_ms
      WHEN :as_of_ms - curve.last_seen_ms <= :grace_ms THEN :as_of_ms
      ELSE min(:as_of_ms, max(curve.last_seen_ms, curve.longest_from_ms + :max_lifespan_ms))
    END AS death_ms,
    CASE
      WHEN curve.last_reading_ms > period.from_ms AND curve.last_reading_ms <= period.to_ms
        THEN curve.egress_bytes
      ELSE 0
    END AS total_bytes
  FROM egress_curve AS curve
  CROSS JOIN period
  WHERE curve.from_ms - max(0, :max_lifespan_ms - 259200000) < period.to_ms
    AND (curve.to_ms > period.from_ms OR curve.terminated_at_ms IS NULL)
),
process_egress AS MATERIALIZED (
  SELECT
    process_curve.period_no AS period_no,
    process_curve.process_key AS process_key,
    process_curve.app_key AS app_key,
    process_curve.deployment_key AS deployment_key,
    process_curve.region_key AS region_key,
    total_bytes + coalesce(sent.egress_bytes, 0) AS egress_bytes,
    CASE
      WHEN sent.egress_bytes_lo IS NULL THEN total_bytes
      ELSE max(0, total_bytes + sent.egress_bytes_lo)
    END AS egress_bytes_lo,
    total_bytes + coalesce(sent.egress_bytes_hi, 0) AS egress_bytes_hi,
    CASE WHEN is_open_ended = 1 AND last_reading_ms < to_ms AND death_ms > from_ms THEN 1 ELSE 0 END
      AS is_open,
    CASE
      WHEN last_reading_ms IS NULL AND max(begin_ms, from_ms) < min(death_ms, to_ms) THEN 1
      ELSE 0
    END AS is_unmetered
  FROM process_curve
  LEFT JOIN sent
    ON sent.process_key = process_curve.process_key AND sent.period_no = process_curve.period_no
),
region_egress AS (
  SELECT
    region_key,
    sum(CASE WHEN egress_bytes_hi > 0 OR is_open = 1 THEN 1 ELSE 0 END) AS processes,
    sum(egress_bytes) AS egress_bytes,
    sum(egress_bytes_lo) AS egress_bytes_lo,
    sum(egress_bytes_hi) AS egress_bytes_hi,
    sum(is_open) AS open_processes,
    sum(is_unmetered) AS unmetered_processes
  FROM process_egress
  WHERE egress_bytes_hi > 0 OR is_open = 1 OR is_unmetered = 1
  GROUP BY region_key
)
SELECT
  coalesce(region.label, '') AS region,
  sum(region_egress.processes) AS processes,
  sum(region_egress.egress_bytes) AS egress_bytes,
  sum(region_egress.egress_bytes_lo) AS egress_bytes_lo,
  sum(region_egress.egress_bytes_hi) AS egress_bytes_hi,
  sum(region_egress.open_processes) AS open_processes,
  sum(region_egress.unmetered_processes) AS unmetered_processes
FROM region_egress
LEFT JOIN label AS region ON region.label_key = region_egress.region_key
GROUP BY coalesce(region.label, '')
ORDER BY region;
