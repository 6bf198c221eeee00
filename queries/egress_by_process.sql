-- egress_by_process: bytes that each process sent in a window, with bounds and with what is odd.
--
-- in   :from_ms  INTEGER  unix ms, inclusive
-- in   :to_ms  INTEGER  unix ms, exclusive
-- in   :as_of_ms  INTEGER  unix ms; nothing later is answered
-- in   :grace_ms  INTEGER  a process seen this recently before the as-of still runs
-- in   :max_lifespan_ms  INTEGER  no process lives longer
-- out  process_id  TEXT
-- out  app_id  TEXT  '' when unknown
-- out  deployment_id  TEXT  '' when unknown
-- out  region  TEXT  '' when unknown
-- out  egress_bytes  INTEGER
-- out  egress_bytes_lo  INTEGER  at least so many
-- out  egress_bytes_hi  INTEGER  at most so many; of an open process only what was seen
-- out  open_processes  INTEGER  1: more may have been sent in the window than anybody read
-- out  unmetered_processes  INTEGER  1: no document gave its counter; its egress is unknown, not 0
-- out  flags  TEXT  wrap32 unknown_start stale_read counter_break clamped32 late_final
-- rows one per process that sent something in the window, may have, or is unmetered there; by id
--
-- A counter is a curve over time: 0 where the process began, then its readings, made monotone. A
-- window's egress is the curve at its end less the curve at its start, so the parts of any
-- partition of time sum to the whole. Between two readings the curve is the straight line, rounded
-- down; the lower curve waits for the second reading, the upper one has it at once.
--
-- The line is bytes * elapsed / span. To stay in 64 bits the bytes are divided by the span first
-- and the elapsed time is taken in two parts, of 2^20 ms and the rest: exact while two readings
-- are less than 2^41 ms (69 years) apart. Beyond that `fleetmeter egress` is the authority.
--
-- Reads the summary of every process, and the observations of those that an end of the window cuts,
-- that are odd, or that ended.
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
-- What is odd about a counter, and can be so: the readings need not be asked about the rest.
-- Few may be odd but for a late final: a reading at an end at which no document was true is a
-- later one.
odd AS (
  SELECT
    process_key,
    CASE
      WHEN egress_bytes < 2147483647 AND zero_ms IS NOT NULL AND plain = 1 AND below = 0 THEN 0
      ELSE 1
    END AS may_be_odd,
    CASE
      WHEN egress_bytes >= 2147483648 THEN (
        SELECT max(reading.is_wrapped)
        FROM egress_reading AS reading
        WHERE reading.process_key = curve.process_key
      )
    END AS wrap32,
    CASE WHEN last_reading_ms IS NOT NULL AND zero_ms IS NULL THEN 1 END AS unknown_start,
    CASE
      WHEN plain = 0 THEN (
        SELECT
          min(CASE WHEN bytes < highest THEN at_ms END)
          < max(CASE WHEN bytes = highest THEN at_ms END)
        FROM (
          SELECT at_ms, bytes, max(bytes) OVER (ORDER BY at_ms) AS highest
          FROM (
            SELECT reading.at_ms AS at_ms, max(reading.bytes) AS bytes
            FROM egress_reading AS reading
            WHERE reading.process_key = curve.process_key
            GROUP BY reading.at_ms
          )
        )
      )
    END AS stale_read,
    below AS counter_break,
    clamped32,
    CASE
      WHEN last_reading_ms = end_ms AND last_seen_ms > last_reading_ms THEN
        CASE
          WHEN last_reading_ms NOT IN (SELECT observed_at_ms FROM snapshot) THEN 1
          ELSE (
            SELECT max(reading.is_late)
            FROM egress_reading AS reading
            WHERE reading.process_key = curve.process_key
          )
        END
    END AS late_final
  FROM egress_curve AS curve
)
SELECT
  process.process_id AS process_id,
  coalesce(app.label, '') AS app_id,
  coalesce(deployment.label, '') AS deployment_id,
  coalesce(region.label, '') AS region,
  process_egress.egress_bytes AS egress_bytes,
  process_egress.egress_bytes_lo AS egress_bytes_lo,
  process_egress.egress_bytes_hi AS egress_bytes_hi,
  process_egress.is_open AS open_processes,
  process_egress.is_unmetered AS unmetered_processes,
  CASE
    WHEN odd.may_be_odd = 0 THEN CASE WHEN odd.late_final = 1 THEN 'late_final' ELSE '' END
    ELSE rtrim(
      CASE WHEN odd.wrap32 = 1 THEN 'wrap32 ' ELSE '' END
      || CASE WHEN odd.unknown_start = 1 THEN 'unknown_start ' ELSE '' END
      || CASE WHEN odd.stale_read = 1 THEN 'stale_read ' ELSE '' END
      || CASE WHEN odd.counter_break = 1 THEN 'counter_break ' ELSE '' END
      || CASE WHEN odd.clamped32 = 1 THEN 'clamped32 ' ELSE '' END
      || CASE WHEN odd.late_final = 1 THEN 'late_final ' ELSE '' END
    )
  END AS flags
FROM process_egress
CROSS JOIN odd ON odd.process_key = process_egress.process_key
CROSS JOIN process ON process.process_key = process_egress.process_key
LEFT JOIN label AS app ON app.label_key = process_egress.app_key
LEFT JOIN label AS deployment ON deployment.label_key = process_egress.deployment_key
LEFT JOIN label AS region ON region.label_key = process_egress.region_key
WHERE process_egress.egress_bytes_hi > 0
  OR process_egress.is_open = 1
  OR process_egress.is_unmetered = 1
ORDER BY process.process_id;
