-- billing_by_process: billable time of each process in a window, and the rule that decided its end.
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
-- out  rule  TEXT  complete, no_stop_order, running, orphan or starting
-- out  begin_at_ms  INTEGER  unix ms; where its billable time begins, maybe before the window
-- out  end_at_ms  INTEGER  unix ms; where it ends, maybe after the window
-- out  billable_ms  INTEGER
-- out  billable_ms_lo  INTEGER  at least so long
-- out  billable_ms_hi  INTEGER  at most so long
-- rows one per process that was billable in the window or may have been; by id
--
-- A process that stopped is billable from its start to its stop order. Where that order is not
-- known its end is, in this turn: when it was gone (at the least when it was last seen not gone),
-- the as-of while it was seen lately, when it was last seen (at the most its longest life). One
-- that has not started has nothing yet, at the most from when it was last seen. One that never
-- started, or whose end lies before its start, has nothing at all and no row.
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
)
SELECT
  process.process_id AS process_id,
  coalesce(app.label, '') AS app_id,
  coalesce(deployment.label, '') AS deployment_id,
  coalesce(region.label, '') AS region,
  process_billing.rule AS rule,
  process_billing.start_ms AS begin_at_ms,
  process_billing.end_ms AS end_at_ms,
  process_billing.billable_ms AS billable_ms,
  process_billing.billable_ms_lo AS billable_ms_lo,
  process_billing.billable_ms_hi AS billable_ms_hi
FROM process_billing
CROSS JOIN process ON process.process_key = process_billing.process_key
JOIN process_meter AS meter ON meter.process_key = process_billing.process_key
LEFT JOIN label AS app ON app.label_key = meter.app_key
LEFT JOIN label AS deployment ON deployment.label_key = meter.deployment_key
LEFT JOIN label AS region ON region.label_key = meter.region_key
WHERE process_billing.billable_ms_hi > 0
ORDER BY process.process_id;
