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
-- Reads every observation of the processes that may be alive in the window, and no other.
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
period AS (
  SELECT
    month_no AS period_no,
    month,
    CASE WHEN start_ms > :from_ms THEN start_ms ELSE :from_ms END AS from_ms,
    CASE WHEN next_start_ms < end_ms THEN next_start_ms ELSE end_ms END AS to_ms
  FROM calendar_month
  JOIN (SELECT CASE WHEN :to_ms < :as_of_ms THEN :to_ms ELSE :as_of_ms END AS end_ms)
  WHERE start_ms < end_ms AND next_start_ms > :from_ms AND :from_ms < end_ms
),
bound AS (
  SELECT period_no, -1 AS side, from_ms AS bound_ms FROM period
  UNION ALL
  SELECT period_no, 1 AS side, to_ms AS bound_ms FROM period
),
-- A process is gone at death_ms at the latest.
life AS (
  SELECT
    process_key, starting_at_ms, started_at_ms, terminated_at_ms, first_seen_ms, last_seen_ms,
    CASE
      WHEN terminated_at_ms IS NOT NULL THEN terminated_at_ms
      WHEN :as_of_ms - last_seen_ms <= :grace_ms OR longest_ms >= :as_of_ms THEN :as_of_ms
      WHEN longest_ms > last_seen_ms THEN longest_ms
      ELSE last_seen_ms
    END AS death_ms
  FROM (
    SELECT
      process_key, starting_at_ms, started_at_ms, terminated_at_ms, first_seen_ms, last_seen_ms,
      coalesce(started_at_ms, starting_at_ms, last_seen_ms) + :max_lifespan_ms AS longest_ms
    FROM process
    WHERE last_seen_ms IS NOT NULL
  )
),
alive AS (
  SELECT
    process_key, starting_at_ms, started_at_ms, terminated_at_ms, death_ms,
    coalesce(started_at_ms, starting_at_ms, first_seen_ms) AS begin_ms,
    (
      SELECT min(snapshot.observed_at_ms)
      FROM observation
      JOIN snapshot ON snapshot.snapshot_seq = observation.snapshot_seq
      WHERE observation.process_key = life.process_key AND observation.egressed_bytes IS NOT NULL
    ) AS first_reading_ms
  FROM life
  WHERE (last_seen_ms > :from_ms OR death_ms > :from_ms)
    AND (
      starting_at_ms < :to_ms
      OR started_at_ms < :to_ms
      OR coalesce(starting_at_ms, started_at_ms, first_seen_ms) >= first_seen_ms
      OR terminated_at_ms IN (starting_at_ms, started_at_ms)
    )
),
-- The counter was 0 at zero_ms; what was read after end_ms counts as read at end_ms.
counter AS (
  SELECT
    process_key,
    nullif(zero_ms, terminated_at_ms) AS zero_ms,
    CASE
      WHEN starting_at_ms < started_at_ms OR started_at_ms IS NULL THEN starting_at_ms
      ELSE started_at_ms
    END AS nothing_until_ms,
    CASE WHEN zero_ms > terminated_at_ms THEN NULL ELSE terminated_at_ms END AS end_ms
  FROM (
    SELECT
      process_key, starting_at_ms, started_at_ms, terminated_at_ms,
      CASE
        WHEN started_at_ms < first_reading_ms THEN started_at_ms
        WHEN starting_at_ms < first_reading_ms THEN starting_at_ms
      END AS zero_ms
    FROM alive
    WHERE first_reading_ms IS NOT NULL
  )
),
anchor AS (
  SELECT
    process_key, 0 AS is_reading, zero_ms AS at_ms, 0 AS bytes, 0 AS is_wrapped, 0 AS is_late,
    CASE WHEN zero_ms IS NOT NULL THEN nothing_until_ms END AS nothing_until_ms
  FROM counter
  UNION ALL
  SELECT
    counter.process_key AS process_key,
    1 AS is_reading,
    CASE
      WHEN snapshot.observed_at_ms > counter.end_ms THEN counter.end_ms
      ELSE snapshot.observed_at_ms
    END AS at_ms,
    max(
      CASE
        WHEN observation.egressed_bytes < 0 THEN observation.egressed_bytes + 4294967296
        ELSE observation.egressed_bytes
      END
    ) AS bytes,
    max(CASE WHEN observation.egressed_bytes < 0 THEN 1 ELSE 0 END) AS is_wrapped,
    max(CASE WHEN snapshot.observed_at_ms > counter.end_ms THEN 1 ELSE 0 END) AS is_late,
    NULL AS nothing_until_ms
  FROM counter
  JOIN observation ON observation.process_key = counter.process_key
  JOIN snapshot ON snapshot.snapshot_seq = observation.snapshot_seq
  WHERE observation.egressed_bytes IS NOT NULL
  GROUP BY counter.process_key, at_ms
),
-- From one anchor to the next. The first may begin nowhere in time; the last does not end.
segment AS (
  SELECT
    process_key, is_reading, at_ms, bytes AS read_bytes, nothing_until_ms, is_wrapped, is_late,
    max(bytes) OVER by_time AS bytes,
    lead(at_ms) OVER by_time AS next_at_ms,
    lead(bytes) OVER by_time AS next_read_bytes
  FROM anchor
  WINDOW by_time AS (PARTITION BY process_key ORDER BY is_reading, at_ms)
),
crossing AS (
  SELECT
    segment.process_key AS process_key,
    bound.period_no AS period_no,
    bound.side AS side,
    segment.bytes AS bytes,
    CASE
      WHEN segment.is_reading = 1 AND segment.at_ms = bound.bound_ms THEN segment.bytes
      WHEN segment.is_reading = 0 AND bound.bound_ms
        <= coalesce(segment.nothing_until_ms, segment.next_at_ms - :max_lifespan_ms) THEN 0
      WHEN segment.next_read_bytes > segment.bytes THEN segment.next_read_bytes
      ELSE segment.bytes
    END AS upper_bytes,
    bound.bound_ms - segment.at_ms AS elapsed_ms,
    segment.next_at_ms - segment.at_ms AS span_ms,
    CASE
      WHEN segment.next_read_bytes > segment.bytes THEN segment.next_read_bytes - segment.bytes
      ELSE 0
    END AS gain_bytes
  FROM segment
  JOIN bound
    ON (segment.is_reading = 0 OR segment.at_ms <= bound.bound_ms)
    AND (segment.next_at_ms IS NULL OR bound.bound_ms < segment.next_at_ms)
),
-- The three curves at a bound.
standing AS (
  SELECT
    process_key, period_no, side, upper_bytes, bytes AS lower_bytes,
    CASE
      WHEN elapsed_ms > 0 AND span_ms IS NOT NULL THEN
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
finding AS (
  SELECT
    process_key,
    max(at_ms) AS last_at_ms,
    max(is_wrapped) AS wrap32,
    max(is_late) AS late_final,
    max(CASE WHEN is_reading = 0 AND at_ms IS NULL THEN 1 ELSE 0 END) AS unknown_start,
    max(CASE WHEN next_at_ms IS NULL AND read_bytes < bytes THEN 1 ELSE 0 END) AS counter_break,
    CASE
      WHEN min(CASE WHEN read_bytes < bytes THEN at_ms END)
        < max(CASE WHEN is_reading = 1 AND read_bytes = bytes THEN at_ms END) THEN 1
      ELSE 0
    END AS stale_read,
    CASE
      WHEN max(bytes) = 2147483647
        AND sum(CASE WHEN is_reading = 1 AND bytes = 2147483647 THEN 1 END) > 1 THEN 1
      ELSE 0
    END AS clamped32
  FROM segment
  GROUP BY process_key
),
process_egress AS (
  SELECT
    alive.process_key AS process_key,
    period.period_no AS period_no,
    coalesce(sent.egress_bytes, 0) AS egress_bytes,
    CASE WHEN sent.egress_bytes_lo > 0 THEN sent.egress_bytes_lo ELSE 0 END AS egress_bytes_lo,
    coalesce(sent.egress_bytes_hi, 0) AS egress_bytes_hi,
    CASE
      WHEN period.to_ms > finding.last_at_ms
        AND period.from_ms < alive.death_ms
        AND (
          finding.counter_break = 1
          OR finding.clamped32 = 1
          OR alive.terminated_at_ms IS NULL
          OR finding.last_at_ms < alive.terminated_at_ms
        ) THEN 1
      ELSE 0
    END AS is_open,
    CASE
      WHEN alive.first_reading_ms IS NULL
        AND alive.begin_ms < alive.death_ms
        AND alive.begin_ms < period.to_ms
        AND alive.death_ms > period.from_ms THEN 1
      ELSE 0
    END AS is_unmetered
  FROM alive
  JOIN period
  LEFT JOIN sent
    ON sent.process_key = alive.process_key AND sent.period_no = period.period_no
  LEFT JOIN finding ON finding.process_key = alive.process_key
),
billed_life AS (
  SELECT
    process_key, started_at_ms, stopping_at_ms, terminated_at_ms, last_seen_ms,
    CASE
      WHEN started_at_ms IS NULL AND coalesce(stopping_at_ms, terminated_at_ms) IS NOT NULL
        THEN 'never_started'
      WHEN started_at_ms IS NULL THEN 'starting'
      WHEN coalesce(stopping_at_ms, terminated_at_ms) < started_at_ms THEN 'inverted'
      WHEN stopping_at_ms IS NOT NULL THEN 'complete'
      WHEN terminated_at_ms IS NOT NULL THEN 'no_stop_order'
      WHEN :as_of_ms - last_seen_ms <= :grace_ms THEN 'running'
      ELSE 'orphan'
    END AS rule,
    (
      SELECT max(unended.last_seen_ms)
      FROM process_attribute AS unended
      WHERE process.stopping_at_ms IS NULL
        AND process.terminated_at_ms IS NOT NULL
        AND unended.process_key = process.process_key
        AND unended.terminated_at_ms IS NULL
    ) AS last_unended_ms
  FROM process
  WHERE last_seen_ms IS NOT NULL
),
-- The table of ends. One that never started, or started after its end, has none.
billed_span AS (
  SELECT
    process_key,
    rule,
    CASE rule WHEN 'starting' THEN last_seen_ms ELSE started_at_ms END AS start_ms,
    CASE rule
      WHEN 'complete' THEN stopping_at_ms
      WHEN 'no_stop_order' THEN terminated_at_ms
      WHEN 'running' THEN :as_of_ms
      ELSE last_seen_ms
    END AS end_ms,
    CASE
      WHEN rule = 'complete' THEN stopping_at_ms
      WHEN rule <> 'no_stop_order' THEN last_seen_ms
      WHEN coalesce(last_unended_ms, started_at_ms) < terminated_at_ms
        THEN coalesce(last_unended_ms, started_at_ms)
      ELSE terminated_at_ms
    END AS end_lo_ms,
    CASE
      WHEN rule = 'complete' THEN stopping_at_ms
      WHEN rule = 'no_stop_order' THEN terminated_at_ms
      WHEN rule <> 'orphan' THEN :as_of_ms
      WHEN started_at_ms + :max_lifespan_ms > last_seen_ms THEN started_at_ms + :max_lifespan_ms
      ELSE last_seen_ms
    END AS end_hi_ms
  FROM billed_life
  WHERE rule NOT IN ('never_started', 'inverted')
),
-- Cut at the period's ends; the later one is never past the as-of.
cut_span AS (
  SELECT
    billed_span.process_key AS process_key,
    billed_span.rule AS rule,
    period.period_no AS period_no,
    CASE WHEN start_ms > from_ms THEN start_ms ELSE from_ms END AS start_ms,
    CASE WHEN end_ms < to_ms THEN end_ms ELSE to_ms END AS end_ms,
    CASE WHEN end_lo_ms < to_ms THEN end_lo_ms ELSE to_ms END AS end_lo_ms,
    CASE WHEN end_hi_ms < to_ms THEN end_hi_ms ELSE to_ms END AS end_hi_ms
  FROM period
  JOIN billed_span ON billed_span.start_ms < period.to_ms AND billed_span.end_hi_ms > period.from_ms
),
process_billing AS (
  SELECT
    process_key, rule, period_no,
    CASE WHEN end_ms > start_ms THEN end_ms - start_ms ELSE 0 END AS billable_ms,
    CASE WHEN end_lo_ms > start_ms THEN end_lo_ms - start_ms ELSE 0 END AS billable_ms_lo,
    end_hi_ms - start_ms AS billable_ms_hi
  FROM cut_span
  WHERE end_hi_ms > start_ms
),
month_billing AS (
  SELECT
    period_no,
    count(*) AS processes,
    sum(billable_ms) AS billable_ms,
    sum(billable_ms_lo) AS billable_ms_lo,
    sum(billable_ms_hi) AS billable_ms_hi
  FROM process_billing
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
    billable_ms - lag(billable_ms) OVER by_time AS billable_ms_change,
    egress_bytes - lag(egress_bytes) OVER by_time AS egress_bytes_change
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
