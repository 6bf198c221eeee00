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
-- (the point); every table of this query up to cut_span is its. At each instant where something
-- starts or ends the changes are added up first, so that an end and a start at one instant make no
-- peak. The beginnings of hours are such instants too, without a change: what goes on from the
-- hour before is counted, and the time between two instants lies in one hour.
--
-- Reads the summary of every process and no observation.
WITH RECURSIVE period AS (
  SELECT 0 AS period_no, from_ms, to_ms
  FROM (
    SELECT
      :from_ms AS from_ms,
      CASE WHEN :to_ms < :as_of_ms THEN :to_ms ELSE :as_of_ms END AS to_ms
  )
  WHERE from_ms < to_ms
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
hour AS (
  SELECT
    min(start_ms) - (min(start_ms) % 3600000 + 3600000) % 3600000 AS hour_at_ms,
    max(end_ms) AS last_ms
  FROM cut_span
  WHERE end_ms > start_ms
  UNION ALL
  SELECT hour_at_ms + 3600000 AS hour_at_ms, last_ms
  FROM hour
  WHERE hour_at_ms + 3600000 < last_ms
),
change AS (
  SELECT start_ms AS at_ms, 1 AS step FROM cut_span WHERE end_ms > start_ms
  UNION ALL
  SELECT end_ms AS at_ms, -1 AS step FROM cut_span WHERE end_ms > start_ms
  UNION ALL
  SELECT hour_at_ms AS at_ms, 0 AS step FROM hour WHERE hour_at_ms IS NOT NULL
),
instant AS (
  SELECT at_ms, sum(step) AS step
  FROM change
  GROUP BY at_ms
),
stretch AS (
  SELECT
    at_ms,
    at_ms - (at_ms % 3600000 + 3600000) % 3600000 AS hour_at_ms,
    sum(step) OVER by_time AS processes,
    lead(at_ms) OVER by_time - at_ms AS length_ms
  FROM instant
  WINDOW by_time AS (ORDER BY at_ms)
),
busy_hour AS (
  SELECT
    hour_at_ms,
    max(processes) AS peak_processes,
    sum(processes * length_ms) AS billable_ms
  FROM stretch
  GROUP BY hour_at_ms
  HAVING max(processes) > 0
)
SELECT
  busy_hour.hour_at_ms AS hour_at_ms,
  busy_hour.peak_processes AS peak_processes,
  min(stretch.at_ms) AS peak_at_ms,
  busy_hour.billable_ms AS billable_ms
FROM busy_hour
JOIN stretch
  ON stretch.hour_at_ms = busy_hour.hour_at_ms
  AND stretch.processes = busy_hour.peak_processes
GROUP BY busy_hour.hour_at_ms, busy_hour.peak_processes, busy_hour.billable_ms
ORDER BY hour_at_ms;
