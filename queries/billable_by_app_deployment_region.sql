-- billable_by_app_deployment_region: billable time of each app, deployment and region in a window.
--
-- in   :from_ms  INTEGER  unix ms, inclusive
-- in   :to_ms  INTEGER  unix ms, exclusive
-- in   :as_of_ms  INTEGER  unix ms; nothing later is answered
-- in   :grace_ms  INTEGER  a process seen this recently before the as-of still runs
-- in   :max_lifespan_ms  INTEGER  no process lives longer
-- out  app_id  TEXT  '' when unknown
-- out  deployment_id  TEXT  '' when unknown; told apart within its app only
-- out  region  TEXT  '' when unknown
-- out  processes  INTEGER  that were billable in the window, or may have been
-- out  billable_ms  INTEGER
-- out  billable_ms_lo  INTEGER  at least so long
-- out  billable_ms_hi  INTEGER  at most so long
-- rows one per app, deployment and region with billable time, in this order
--
-- The sums of billing_by_process, which says where a process's billable time ends. Reads the
-- summary of every process and no observation.
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
),
-- One number sorts faster than three.
group_billing AS (
  SELECT
    meter.app_key AS app_key,
    meter.deployment_key AS deployment_key,
    meter.region_key AS region_key,
    count(*) AS processes,
    sum(process_billing.billable_ms) AS billable_ms,
    sum(process_billing.billable_ms_lo) AS billable_ms_lo,
    sum(process_billing.billable_ms_hi) AS billable_ms_hi
  FROM process_billing
  JOIN process_meter AS meter ON meter.process_key = process_billing.process_key
  WHERE process_billing.billable_ms_hi > 0
  GROUP BY
    CASE
      WHEN max(meter.app_key, meter.deployment_key, meter.region_key) < 1 << 21
        THEN (meter.app_key << 42) + (meter.deployment_key << 21) + meter.region_key
      ELSE meter.app_key || ' ' || meter.deployment_key || ' ' || meter.region_key
    END
)
SELECT
  coalesce(app.label, '') AS app_id,
  coalesce(deployment.label, '') AS deployment_id,
  coalesce(region.label, '') AS region,
  sum(group_billing.processes) AS processes,
  sum(group_billing.billable_ms) AS billable_ms,
  sum(group_billing.billable_ms_lo) AS billable_ms_lo,
  sum(group_billing.billable_ms_hi) AS billable_ms_hi
FROM group_billing
LEFT JOIN label AS app ON app.label_key = group_billing.app_key
LEFT JOIN label AS deployment ON deployment.label_key = group_billing.deployment_key
LEFT JOIN label AS region ON region.label_key = group_billing.region_key
GROUP BY coalesce(app.label, ''), coalesce(deployment.label, ''), coalesce(region.label, '')
ORDER BY app_id, deployment_id, region;
