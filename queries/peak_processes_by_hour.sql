-- peak_processes_by_hour: the most processes that were billable at one instant, for each hour.
--
-- in   :from_ms  INTEGER  unix ms, inclusive
-- in   :to_ms  INTEGER  unix ms, exclusive
-- in   :as_of_ms  INTEGER  unix ms; nothing later is answered
-- in   :grace_ms  INTEGER  a process seen this recently before the as-of still runs
-- in   :max_lifespan_ms  INTEGER  no process lives longer
-- out  hour_at_ms  INTEGER  unix ms; where the hour begins, in UTC
-- out  peak_processes  INTEGER
-- out  peak_at_ms  INTEGER  unix ms; the first instant of the hour with so many
-- out  billable_ms  INTEGER  of all processes in the hour: by 3600000 it is their mean number
-- rows one per hour in which a process was billable, by time
--
-- A process is there from its start until before its billable end, as billing_by_process has it
-- (the point); period and billed_span are its. Where something ends and something starts at one
-- instant the ends come first, so that they make no peak. The beginning of each hour is a change of
-- nothing: what goes on from the hour before is counted there.
--
-- Within an hour fewer than 2^22 ms pass, so a number that holds first how many there are and then
-- how early is greatest at the first of the peaks.
--
-- Reads the summary of every process, sorts every start and every end, and reads no observation.
WITH RECURSIVE period AS (
  SELECT 0 AS period_no, from_ms, to_ms
  FROM (
    SELECT
      :from_ms AS from_ms,
      CASE WHEN :to_ms < :as_of_ms THEN :to_ms ELSE :as_of_ms END AS to_ms
  )
  WHERE from_ms < to_ms
),
-- The table of ends. One without an end runs on if it was seen lately, and else was lost. SQLite
-- would write it down, for span is asked for more than once.
billed_span AS NOT MATERIALIZED (
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
span AS MATERIALIZED (
  SELECT max(start_ms, from_ms) AS start_ms, min(end_ms, to_ms) AS end_ms
  FROM billed_span
  CROSS JOIN period
  WHERE start_ms < end_ms AND start_ms < to_ms AND end_ms > from_ms
),
-- The hours from the first start to the last end, and one more: it ends the last.
hour AS (
  SELECT
    min(start_ms) - (min(start_ms) % 3600000 + 3600000) % 3600000 AS hour_at_ms,
    max(end_ms) AS last_ms
  FROM span
  UNION ALL
  SELECT hour_at_ms + 3600000 AS hour_at_ms, last_ms
  FROM hour
  WHERE hour_at_ms < last_ms
),
-- One SELECT for starts and ends: SQLite merges the parts of a UNION, which takes longer.
change AS (
  SELECT CASE side.step WHEN 1 THEN span.start_ms ELSE span.end_ms END AS at_ms, side.step AS step
  FROM (SELECT 1 AS step UNION ALL SELECT -1 AS step) AS side
  CROSS JOIN span
  UNION ALL
  SELECT hour_at_ms AS at_ms, 0 AS step FROM hour WHERE hour_at_ms IS NOT NULL
),
-- How many there are, and the sum of when they came less that of when they went: what was billed up
-- to an instant is as many times that instant less this sum. Both count from the as-of: sums of
-- milliseconds since 1970 pass 2^63 where millions run at once.
level AS (
  SELECT
    at_ms,
    step,
    sum(step) OVER by_time AS processes,
    sum(step * (at_ms - :as_of_ms)) OVER by_time AS came_ms
  FROM change
  WINDOW by_time AS (ORDER BY at_ms, step ROWS UNBOUNDED PRECEDING)
),
hour_level AS (
  SELECT
    at_ms - (at_ms % 3600000 + 3600000) % 3600000 AS hour_at_ms,
    max((processes << 22) + 3600000 - (at_ms % 3600000 + 3600000) % 3600000) AS peak,
    max(CASE WHEN step = 0 THEN processes * (at_ms - :as_of_ms) - came_ms END) AS billed_ms
  FROM level
  WHERE step >= 0
  GROUP BY at_ms - (at_ms % 3600000 + 3600000) % 3600000
),
busy_hour AS (
  SELECT
    hour_at_ms,
    peak >> 22 AS peak_processes,
    hour_at_ms + 3600000 - (peak & 4194303) AS peak_at_ms,
    lead(billed_ms) OVER (ORDER BY hour_at_ms) - billed_ms AS billable_ms
  FROM hour_level
)
SELECT hour_at_ms, peak_processes, peak_at_ms, billable_ms
FROM busy_hour
WHERE peak_processes > 0
ORDER BY hour_at_ms;
