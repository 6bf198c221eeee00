-- month_over_month: billable time and egress of each month, and the change since the month before.
--
-- in   :from_ms  INTEGER  unix ms, inclusive
-- in   :to_ms  INTEGER  unix ms, exclusive
-- in   :as_of_ms  INTEGER  unix ms; nothing later is answered
-- in   :grace_ms  INTEGER  a process seen this recently before the as-of still runs
-- in   :max_lifespan_ms  INTEGER  no process lives longer
-- out  month  TEXT  like 2024-11, in UTC
-- out  processes  INTEGER  that were billable, or may have been
-- out  billable_ms  INTEGER
-- out  billable_ms_lo  INTEGER  at least so long
-- out  billable_ms_hi  INTEGER  at most so long
-- out  billable_ms_change  INTEGER  since the month before; NULL in the window's first month
-- out  egress_bytes  INTEGER
-- out  egress_bytes_lo  INTEGER  at least so many
-- out  egress_bytes_hi  INTEGER  at most so many; of open processes only what was seen
-- out  egress_bytes_change  INTEGER  since the month before; NULL in the window's first month
-- out  open_processes  INTEGER  may have sent more in the month than anybody read
-- out  unmetered_processes  INTEGER  never said a counter: their egress is unknown, not 0
-- rows one per month with any of these, or after one with any, by time
--
-- Time is that of billing_by_process and bytes are those of egress_by_process, with the months in
-- place of one period; every other table of this query up to process_egress and process_billing is
-- theirs. Months are counted from the year 1 by the calendar's own rule, so that no zone and no
-- date function comes in; months in a zone come from `fleetmeter billing --by month --tz ZONE`.
--
-- Between one process and the next may lie decades (a clock stood at 1970 for the first poll):
-- months in which no process can have been are left out before anything is asked of them.
--
-- Reads the summary of every process, and the observations of those whose counter an end of a month
-- cuts.
WITH RECURSIVE month_start AS (
  SELECT 1 AS year, 1 AS month_of_year, -62135596800000 AS start_ms
  UNION ALL
  SELECT
    CASE month_of_year WHEN 12 THEN year + 1 ELSE year END AS year,
    CASE month_of_year WHEN 12 THEN 1 ELSE month_of_year + 1 END AS month_of_year,
    start_ms + 86400000 * CASE
      WHEN month_of_year IN (4, 6, 9, 11) THEN 30
      WHEN month_of_year <> 2 THEN 31
      WHEN year % 4 = 0 AND (year % 100 <> 0 OR year % 400 = 0) THEN 29
      ELSE 28
    END AS start_ms
  FROM month_start
  WHERE start_ms < :to_ms AND year < 10000
),
calendar_month AS (
  SELECT
    year * 12 + month_of_year AS month_no,
    substr('000' || year, -4) || '-' || substr('0' || month_of_year, -2) AS month,
    start_ms,
    lead(start_ms) OVER (ORDER BY start_ms) AS next_start_ms
  FROM month_start
),
-- As long as a process can have been there, by either meter.
reach AS (
  SELECT
    from_ms - max(0, :max_lifespan_ms - 259200000) AS from_ms,
    max(
      to_ms,
      CASE
        WHEN terminated_at_ms IS NOT NULL THEN to_ms
        WHEN :as_of_ms - last_seen_ms <= :grace_ms OR started_at_ms IS NULL THEN :as_of_ms
        ELSE longest_from_ms + :max_lifespan_ms
      END
    ) AS to_ms
  FROM egress_curve
),
-- Spans of time in which there always was one.
busy_span AS MATERIALIZED (
  SELECT min(from_ms) AS from_ms, max(to_ms) AS to_ms
  FROM (
    SELECT from_ms, to_ms, sum(is_first) OVER by_time AS span_no
    FROM (
      SELECT
        from_ms,
        to_ms,
        CASE WHEN from_ms > max(to_ms) OVER earlier THEN 1 ELSE 0 END AS is_first
      FROM reach
      WINDOW earlier AS (
        ORDER BY from_ms, to_ms ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
      )
    )
    WINDOW by_time AS (ORDER BY from_ms, to_ms ROWS UNBOUNDED PRECEDING)
  )
  GROUP BY span_no
),
-- The first month, those with a process, and the one after each of these, in which all falls to 0.
period AS (
  SELECT
    month_no AS period_no,
    month,
    CASE WHEN start_ms > :from_ms THEN start_ms ELSE :from_ms END AS from_ms,
    CASE WHEN next_start_ms < end_ms THEN next_start_ms ELSE end_ms END AS to_ms
  FROM calendar_month
  JOIN (SELECT CASE WHEN :to_ms < :as_of_ms THEN :to_ms ELSE :as_of_ms END AS end_ms)
  WHERE start_ms < end_ms AND next_start_ms > :from_ms AND :from_ms < end_ms
    AND (
      start_ms <= :from_ms
      OR EXISTS (
        SELECT 1
        FROM busy_span
        WHERE busy_span.from_ms <= calendar_month.next_start_ms
          AND busy_span.to_ms + 2678400000 >= calendar_month.start_ms
      )
    )
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
-- The table of ends. One without an end runs on if it was seen lately, and else was lost.
billed_span AS (
  SELECT
    process_key,
    CASE
      WHEN rule <> 'unended' THEN rule
      WHEN :as_of_ms - last_seen_ms <= :grace_ms THEN 'running'
      ELSE 'orphan'
    END AS rule,
    start_ms,
    CASE
      WHEN end_ms IS NOT NULL THEN end_ms
      WHEN rule = 'unended' AND :as_of_ms - last_seen_ms <= :grace_ms THEN :as_of_ms
      ELSE last_seen_ms
    END AS end_ms,
    end_lo_ms,
    CASE
      WHEN end_ms IS NOT NULL THEN end_ms
      WHEN rule = 'starting' OR :as_of_ms - last_seen_ms <= :grace_ms THEN :as_of_ms
      ELSE max(last_seen_ms, start_ms + :max_lifespan_ms)
    END AS end_hi_ms
  FROM billable_span
),
-- What of it lies in a period, which never ends after the as-of.
process_billing AS (
  SELECT
    period.period_no AS period_no,
    billed_span.process_key AS process_key,
    billed_span.rule AS rule,
    billed_span.start_ms AS start_ms,
    billed_span.end_ms AS end_ms,
    coalesce(max(0, min(end_ms, to_ms) - max(start_ms, from_ms)), 0) AS billable_ms,
    coalesce(max(0, min(end_lo_ms, to_ms) - max(start_ms, from_ms)), 0) AS billable_ms_lo,
    coalesce(max(0, min(end_hi_ms, to_ms) - max(start_ms, from_ms)), 0) AS billable_ms_hi
  FROM billed_span
  CROSS JOIN period
),
month_billing AS (
  SELECT
    period_no,
    count(*) AS processes,
    sum(billable_ms) AS billable_ms,
    sum(billable_ms_lo) AS billable_ms_lo,
    sum(billable_ms_hi) AS billable_ms_hi
  FROM process_billing
  WHERE billable_ms_hi > 0
  GROUP BY period_no
),
month_egress AS (
  SELECT
    period_no,
    sum(egress_bytes) AS egress_bytes,
    sum(egress_bytes_lo) AS egress_bytes_lo,
    sum(egress_bytes_hi) AS egress_bytes_hi,
    sum(is_open) AS open_processes,
    sum(is_unmetered) AS unmetered_processes
  FROM process_egress
  WHERE egress_bytes_hi > 0 OR is_open = 1 OR is_unmetered = 1
  GROUP BY period_no
),
month_use AS (
  SELECT
    period.period_no AS period_no,
    period.month AS month,
    coalesce(month_billing.processes, 0) AS processes,
    coalesce(month_billing.billable_ms, 0) AS billable_ms,
    coalesce(month_billing.billable_ms_lo, 0) AS billable_ms_lo,
    coalesce(month_billing.billable_ms_hi, 0) AS billable_ms_hi,
    coalesce(month_egress.egress_bytes, 0) AS egress_bytes,
    coalesce(month_egress.egress_bytes_lo, 0) AS egress_bytes_lo,
    coalesce(month_egress.egress_bytes_hi, 0) AS egress_bytes_hi,
    coalesce(month_egress.open_processes, 0) AS open_processes,
    coalesce(month_egress.unmetered_processes, 0) AS unmetered_processes
  FROM period
  LEFT JOIN month_billing ON month_billing.period_no = period.period_no
  LEFT JOIN month_egress ON month_egress.period_no = period.period_no
),
month_change AS (
  SELECT
    period_no, month, processes, billable_ms, billable_ms_lo, billable_ms_hi, egress_bytes,
    egress_bytes_lo, egress_bytes_hi, open_processes, unmetered_processes,
    billable_ms - CASE
      WHEN period_no - lag(period_no) OVER by_time > 1 THEN 0
      ELSE lag(billable_ms) OVER by_time
    END AS billable_ms_change,
    egress_bytes - CASE
      WHEN period_no - lag(period_no) OVER by_time > 1 THEN 0
      ELSE lag(egress_bytes) OVER by_time
    END AS egress_bytes_change
  FROM month_use
  WINDOW by_time AS (ORDER BY period_no)
)
SELECT
  month,
  processes,
  billable_ms,
  billable_ms_lo,
  billable_ms_hi,
  billable_ms_change,
  egress_bytes,
  egress_bytes_lo,
  egress_bytes_hi,
  egress_bytes_change,
  open_processes,
  unmetered_processes
FROM month_change
WHERE processes > 0
  OR egress_bytes_hi > 0
  OR open_processes > 0
  OR unmetered_processes > 0
  OR billable_ms_change <> 0
  OR egress_bytes_change <> 0
ORDER BY period_no;
