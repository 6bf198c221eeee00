-- longest_lived_processes: the processes alive in a window that were billable longest in all.
--
-- in   :from_ms  INTEGER  unix ms, inclusive
-- in   :to_ms  INTEGER  unix ms, exclusive
-- in   :as_of_ms  INTEGER  unix ms; nothing later is answered
-- in   :grace_ms  INTEGER  a process seen this recently before the as-of still runs
-- in   :max_lifespan_ms  INTEGER  no process lives longer
-- in   :top  INTEGER  how many
-- out  place  INTEGER  1 lived longest
-- out  process_id  TEXT
-- out  app_id  TEXT  '' when unknown
-- out  deployment_id  TEXT  '' when unknown
-- out  region  TEXT  '' when unknown
-- out  rule  TEXT  what decided its end: complete, no_stop_order, running or orphan
-- out  begin_at_ms  INTEGER  unix ms
-- out  end_at_ms  INTEGER  unix ms, not later than the as-of
-- out  life_ms  INTEGER  from one to the other, inside the window and outside
-- out  life_ms_hi  INTEGER  at most so long: an orphan may have lived on unseen
-- rows one per process that was billable in the window, longest first; of equals by id
--
-- Ends are those of billing_by_process; billed_span and period are its. A life
-- longer than the vendor allows is a life whose end nobody recorded: look at its rule.
--
-- Reads the summary of every process and no observation.
WITH period AS (
  SELECT 0 AS period_no, from_ms, to_ms
  FROM (
    SELECT
      :from_ms AS from_ms,
      CASE WHEN :to_ms < :as_of_ms THEN :to_ms ELSE :as_of_ms END AS to_ms
  )
  WHERE from_ms < to_ms
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
whole_life AS (
  SELECT
    billed_span.process_key AS process_key,
    process.process_id AS process_id,
    billed_span.rule AS rule,
    billed_span.start_ms AS begin_at_ms,
    min(billed_span.end_ms, :as_of_ms) AS end_at_ms,
    min(billed_span.end_hi_ms, :as_of_ms) AS end_hi_ms
  FROM billed_span
  CROSS JOIN period
  JOIN process ON process.process_key = billed_span.process_key
  WHERE max(billed_span.start_ms, period.from_ms) < min(billed_span.end_ms, period.to_ms)
),
longest AS (
  SELECT process_key, process_id, rule, begin_at_ms, end_at_ms, end_hi_ms
  FROM whole_life
  ORDER BY end_at_ms - begin_at_ms DESC, process_id
  LIMIT max(0, :top)
)
SELECT
  row_number() OVER (ORDER BY longest.end_at_ms - longest.begin_at_ms DESC, longest.process_id)
    AS place,
  longest.process_id AS process_id,
  coalesce(app.label, '') AS app_id,
  coalesce(deployment.label, '') AS deployment_id,
  coalesce(region.label, '') AS region,
  longest.rule AS rule,
  longest.begin_at_ms AS begin_at_ms,
  longest.end_at_ms AS end_at_ms,
  longest.end_at_ms - longest.begin_at_ms AS life_ms,
  longest.end_hi_ms - longest.begin_at_ms AS life_ms_hi
FROM longest
JOIN process_meter AS meter ON meter.process_key = longest.process_key
LEFT JOIN label AS app ON app.label_key = meter.app_key
LEFT JOIN label AS deployment ON deployment.label_key = meter.deployment_key
LEFT JOIN label AS region ON region.label_key = meter.region_key
ORDER BY place;
