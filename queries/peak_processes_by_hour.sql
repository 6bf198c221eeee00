-- peak_processes_by_hour: the most processes that were billable at one instant, for each hour.
--
-- in   :from_ms  INTEGER  unix ms, inclusive
-- in   :to_ms  INTEGER  unix ms, exclusive
-- in   :as_of_ms  INTEGER  unix ms; nothing later is answered
-- in   :grace_ms  INTEGER  a process seen this recently before the as-of still runs
-- in   :max_lifespan_ms  INTEGER  no process lives longer
-- in   :trust_absence  INTEGER  1: a process is gone when a running list ought to hold it
-- out  hour_at_ms  INTEGER  unix ms; where the hour begins, in UTC
-- out  peak_processes  INTEGER
-- out  peak_at_ms  INTEGER  unix ms; the first instant of the hour with so many
-- out  billable_ms  INTEGER  of all processes in the hour: by 3600000 it is their mean number
-- rows one per hour in which a process was billable, by time
--
-- A process is there from its start until before its billable end, as billing_by_process has it
-- (the point). Where something ends and something starts at one
-- instant the ends come first, so that they make no peak. The beginning of each hour is a change of
-- nothing: what goes on from the hour before is counted there.
--
-- Times are counted from the last millisecond of the hour after the as-of's, so that none is above
-- 0: the remainder by an hour is then what the hour has left, and sums stay far from 2^63. The
-- place of a change is four times as long, less 3 for an end, 2 for an hour and 1 for a start: one
-- number sorts in less time than two, and its remainder by 4 tells which it is: -3, -2 or -1. An
-- hour is less than 2^24 places, so a number that holds first how many there are and then what is
-- left is greatest at the first of the peaks.
--
-- Reads the summary of every process in the window, sorts every start and every end, and reads no
-- observation.
WITH RECURSIVE
-- part: period,
-- part: longest_life,
-- part: extent,
-- part: asked,
-- part: present,
-- part: billed_stretch,
origin AS (
  SELECT :as_of_ms - (:as_of_ms % 3600000 + 3600000) % 3600000 + 7199999 AS at_ms
),
presence AS MATERIALIZED (
  SELECT
    billed_stretch.from_ms - origin.at_ms AS from_ms,
    billed_stretch.to_ms - origin.at_ms AS to_ms
  FROM billed_stretch
  CROSS JOIN origin
),
-- part: busy_span,
-- The hours from the first start of each span to its last end, and one more: it ends the last. An
-- hour that two of them touch may come twice, which changes nothing.
hour AS (
  SELECT from_ms - from_ms % 3600000 - 3599999 AS at_ms, to_ms AS last_ms
  FROM busy_span
  UNION ALL
  SELECT before.at_ms + 3600000, before.last_ms
  FROM hour AS before
  WHERE before.at_ms < before.last_ms
),
-- One SELECT for starts and ends: SQLite merges the parts of a UNION, which takes longer.
change AS (
  SELECT
    CASE side.step WHEN 1 THEN 4 * presence.from_ms - 1 ELSE 4 * presence.to_ms - 3 END AS place,
    side.step AS step,
    CASE side.step WHEN 1 THEN presence.from_ms ELSE -presence.to_ms END AS came_ms
  FROM (SELECT 1 AS step UNION ALL SELECT -1 AS step) AS side
  CROSS JOIN presence
  UNION ALL
  SELECT 4 * at_ms - 2 AS place, 0 AS step, 0 AS came_ms FROM hour
),
-- How many there are, and the sum of when they came less that of when they went: what was billed up
-- to an instant is as many times that instant less this sum.
level AS (
  SELECT
    place,
    CAST(sum(step) OVER by_time AS BIGINT) AS processes,
    CAST(sum(came_ms) OVER by_time AS BIGINT) AS came_sum_ms
  FROM change
  WINDOW by_time AS (ORDER BY place ROWS UNBOUNDED PRECEDING)
),
hour_level AS (
  SELECT
    place - place % 14400000 AS hour_place,
    max(processes * 16777216 - place % 14400000) AS peak,
    max(CASE place % 4 WHEN -2 THEN processes * ((place + 2) / 4) - came_sum_ms END) AS billed_ms
  FROM level
  WHERE place % 4 > -3  -- an hour or a start
  GROUP BY place - place % 14400000
),
busy_hour AS (
  SELECT
    hour_place / 4 - 3599999 AS hour_at_ms,
    peak / 16777216 AS peak_processes,
    hour_place / 4 - peak % 16777216 / 4 AS peak_at_ms,
    lead(billed_ms) OVER (ORDER BY hour_place) - billed_ms AS billable_ms
  FROM hour_level
)
SELECT
  origin.at_ms + busy_hour.hour_at_ms AS hour_at_ms,
  busy_hour.peak_processes AS peak_processes,
  origin.at_ms + busy_hour.peak_at_ms AS peak_at_ms,
  busy_hour.billable_ms AS billable_ms
FROM busy_hour
CROSS JOIN origin
WHERE busy_hour.peak_processes > 0
ORDER BY hour_at_ms;
