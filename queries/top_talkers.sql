-- top_talkers: the processes that sent most in a window, and how fast.
--
-- in   :from_ms  INTEGER  unix ms, inclusive
-- in   :to_ms  INTEGER  unix ms, exclusive
-- in   :as_of_ms  INTEGER  unix ms; nothing later is answered
-- in   :grace_ms  INTEGER  a process seen this recently before the as-of still runs
-- in   :max_lifespan_ms  INTEGER  no process lives longer
-- in   :top  INTEGER  how many
-- out  place  INTEGER  1 sent most
-- out  process_id  TEXT
-- out  app_id  TEXT  '' when unknown
-- out  deployment_id  TEXT  '' when unknown
-- out  region  TEXT  '' when unknown
-- out  egress_bytes  INTEGER
-- out  egress_bytes_lo  INTEGER  at least so many
-- out  egress_bytes_hi  INTEGER  at most so many; of an open process only what was seen
-- out  open_processes  INTEGER  1: it may have sent more than anybody read
-- out  running_egress_bytes  INTEGER  of this place and all before it
-- out  fleet_egress_bytes  INTEGER  of all processes, to compare with
-- rows one per process that sent something, most first; of equals by id
--
-- Bytes are those of egress_by_process, and every table of this query up to process_egress is its.
-- The share of the first n places is the n-th running_egress_bytes of fleet_egress_bytes: left to
-- the reader, who knows how to round it. Reads the summary of every process, and the observations
-- of those whose counter an end of the window cuts.
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
process_egress AS (
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
talker AS MATERIALIZED (
  SELECT process_key, egress_bytes, egress_bytes_lo, egress_bytes_hi, is_open
  FROM process_egress
  WHERE egress_bytes > 0
),
topmost AS (
  SELECT
    process.process_id AS process_id,
    talker.process_key AS process_key,
    talker.egress_bytes AS egress_bytes,
    talker.egress_bytes_lo AS egress_bytes_lo,
    talker.egress_bytes_hi AS egress_bytes_hi,
    talker.is_open AS is_open
  FROM talker
  CROSS JOIN process ON process.process_key = talker.process_key
  ORDER BY talker.egress_bytes DESC, process.process_id
  LIMIT max(0, :top)
)
SELECT
  row_number() OVER most_first AS place,
  topmost.process_id AS process_id,
  coalesce(app.label, '') AS app_id,
  coalesce(deployment.label, '') AS deployment_id,
  coalesce(region.label, '') AS region,
  topmost.egress_bytes AS egress_bytes,
  topmost.egress_bytes_lo AS egress_bytes_lo,
  topmost.egress_bytes_hi AS egress_bytes_hi,
  topmost.is_open AS open_processes,
  sum(topmost.egress_bytes) OVER (most_first ROWS UNBOUNDED PRECEDING) AS running_egress_bytes,
  (SELECT sum(egress_bytes) FROM talker) AS fleet_egress_bytes
FROM topmost
JOIN process_meter AS meter ON meter.process_key = topmost.process_key
LEFT JOIN label AS app ON app.label_key = meter.app_key
LEFT JOIN label AS deployment ON deployment.label_key = meter.deployment_key
LEFT JOIN label AS region ON region.label_key = meter.region_key
WINDOW most_first AS (ORDER BY topmost.egress_bytes DESC, topmost.process_id)
ORDER BY place;
