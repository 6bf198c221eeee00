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
)
SELECT
  coalesce(app.label, '') AS app_id,
  coalesce(deployment.label, '') AS deployment_id,
  coalesce(region.label, '') AS region,
  count(*) AS processes,
  sum(process_billing.billable_ms) AS billable_ms,
  sum(process_billing.billable_ms_lo) AS billable_ms_lo,
  sum(process_billing.billable_ms_hi) AS billable_ms_hi
FROM process_billing
JOIN process ON process.process_key = process_billing.process_key
JOIN process_attribute AS attribute
  ON attribute.process_key = process.process_key
  AND attribute.attribute_no = process.latest_attribute_no
LEFT JOIN label AS app ON app.label_key = attribute.app_key
LEFT JOIN label AS deployment ON deployment.label_key = attribute.deployment_key
LEFT JOIN label AS region ON region.label_key = attribute.region_key
GROUP BY coalesce(app.label, ''), coalesce(deployment.label, ''), coalesce(region.label, '')
ORDER BY app_id, deployment_id, region;
