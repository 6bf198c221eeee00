-- month_over_month: billable time and egress of each month, and the change since the month before.
--
-- in   :from_ms  INTEGER  unix ms, inclusive
-- in   :to_ms  INTEGER  unix ms, exclusive
-- in   :as_of_ms  INTEGER  unix ms; nothing later is answered
-- in   :grace_ms  INTEGER  a process seen this recently before the as-of still runs
-- in   :max_lifespan_ms  INTEGER  no process lives longer
-- in   :trust_absence  INTEGER  1: a process is gone when a running list ought to hold it
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
-- theirs. Months are counted by the calendar's own rule, so that no zone and no
-- date function comes in; months in a zone come from `fleetmeter billing --by month --tz ZONE`.
--
-- Of a long window, months in which no process can have been are left out before anything is
-- asked of them.
--
-- Reads the summary of every process in the window, and the observations of those whose counter an
-- end of a month cuts.
WITH RECURSIVE
-- Years from the year 1 to a January before the window, or to that year itself. Counted in years of
-- 365.2425 days they may be one too many, so one is taken off.
first_year AS (
  SELECT
    CASE WHEN guess.years > 0 THEN guess.years ELSE 0 END AS years
  FROM (SELECT (:from_ms + 62135596800000) / 31556952000 - 1 AS years) AS guess
),
-- Every fourth year has a day more, but for three in 400.
month_start AS (
  SELECT
    first_year.years + 1 AS year,
    CAST(1 AS BIGINT) AS month_of_year,
    CAST(86400000 AS BIGINT) * (
      first_year.years * 365 + first_year.years / 4 - first_year.years / 100
      + first_year.years / 400
    ) - 62135596800000 AS start_ms
  FROM first_year
  UNION ALL
  SELECT
    CASE before.month_of_year WHEN 12 THEN before.year + 1 ELSE before.year END,
    CASE before.month_of_year WHEN 12 THEN 1 ELSE before.month_of_year + 1 END,
    before.start_ms + CAST(86400000 AS BIGINT) * CASE
      WHEN before.month_of_year IN (4, 6, 9, 11) THEN 30
      WHEN before.month_of_year <> 2 THEN 31
      WHEN before.year % 4 = 0 AND (before.year % 100 <> 0 OR before.year % 400 = 0) THEN 29
      ELSE 28
    END
  FROM month_start AS before
  WHERE before.start_ms < :to_ms AND before.year < 10000
),
calendar_month AS (
  SELECT
    year * 12 + month_of_year AS month_no,
    substr(CAST(10000 + year AS TEXT), 2) || '-' || substr(CAST(100 + month_of_year AS TEXT), 2)
      AS month,
    start_ms,
    lead(start_ms) OVER (ORDER BY start_ms) AS next_start_ms
  FROM month_start
),
-- part: longest_life,
-- part: extent,
-- A window of two years and more, of 365 days, may have many months without a process. Those are
-- looked for from so much before it on as two months are long.
asked AS (
  SELECT
    whole.is_long AS is_long,
    whole.from_ms - whole.is_long * 5356800000 AS from_ms,
    whole.to_ms AS to_ms
  FROM (
    SELECT
      CAST(:from_ms AS BIGINT) AS from_ms,
      CASE
        WHEN :to_ms < :as_of_ms THEN CAST(:to_ms AS BIGINT)
        ELSE CAST(:as_of_ms AS BIGINT)
      END AS to_ms,
      CASE WHEN :to_ms / 2 - :from_ms / 2 >= 31536000000 THEN 1 ELSE 0 END AS is_long
  ) AS whole
  WHERE whole.from_ms < whole.to_ms
),
-- part: present,
-- part: sought_curve,
-- As long as a process can have been there, by either meter.
presence AS (
  SELECT
    curve.from_ms - longest_life.extra_ms AS from_ms,
    CASE
      WHEN curve.terminated_at_ms IS NOT NULL THEN curve.to_ms
      WHEN :as_of_ms - curve.last_seen_ms <= :grace_ms OR curve.started_at_ms IS NULL
        THEN CASE WHEN curve.to_ms < :as_of_ms THEN :as_of_ms ELSE curve.to_ms END
      WHEN curve.to_ms < curve.longest_from_ms + :max_lifespan_ms
        THEN curve.longest_from_ms + :max_lifespan_ms
      ELSE curve.to_ms
    END AS to_ms
  FROM sought_curve AS curve
  CROSS JOIN longest_life
),
-- part: busy_span,
-- The first month, those with a process, and the one after each of these, in which all falls to 0.
period AS (
  SELECT
    calendar_month.month_no AS period_no,
    calendar_month.month AS month,
    CASE WHEN calendar_month.start_ms > :from_ms THEN calendar_month.start_ms ELSE :from_ms END
      AS from_ms,
    CASE
      WHEN calendar_month.next_start_ms < asked.to_ms THEN calendar_month.next_start_ms
      ELSE asked.to_ms
    END AS to_ms
  FROM calendar_month
  CROSS JOIN asked
  WHERE calendar_month.start_ms < asked.to_ms
    AND calendar_month.next_start_ms > :from_ms
    AND (
      calendar_month.start_ms <= :from_ms
      OR asked.is_long = 0
      OR EXISTS (
        SELECT 1
        FROM busy_span
        WHERE busy_span.from_ms <= calendar_month.next_start_ms
          AND busy_span.to_ms + 2678400000 >= calendar_month.start_ms  -- 31 days
      )
    )
),
-- part: process_egress,
-- part: process_billing,
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
    period_no,
    month,
    processes,
    billable_ms,
    billable_ms_lo,
    billable_ms_hi,
    egress_bytes,
    egress_bytes_lo,
    egress_bytes_hi,
    open_processes,
    unmetered_processes,
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
