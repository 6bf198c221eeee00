-- billable_by_app_deployment_region: billable time of each app, deployment and region in a window.
--
-- in   :from_ms  INTEGER  unix ms, inclusive
-- in   :to_ms  INTEGER  unix ms, exclusive
-- in   :as_of_ms  INTEGER  unix ms; nothing later is answered
-- in   :grace_ms  INTEGER  a process seen this recently before the as-of still runs
-- in   :max_lifespan_ms  INTEGER  no process lives longer
-- in   :trust_absence  INTEGER  1: a process is gone when a running list ought to hold it
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
WITH RECURSIVE
-- part: period,
-- part: longest_life,
-- part: extent,
-- part: asked,
-- part: present,
-- part: process_billing,
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
  CROSS JOIN process_meter AS meter
  WHERE meter.process_key = process_billing.process_key
    AND process_billing.billable_ms_hi > 0
  GROUP BY meter.deployment_key, meter.region_key, meter.app_key
)
SELECT
  -- part: place_columns,
  sum(owner.processes) AS processes,
  sum(owner.billable_ms) AS billable_ms,
  sum(owner.billable_ms_lo) AS billable_ms_lo,
  sum(owner.billable_ms_hi) AS billable_ms_hi
FROM group_billing AS owner
-- part: place_labels
GROUP BY coalesce(app.label, ''), coalesce(deployment.label, ''), coalesce(region.label, '')
ORDER BY app_id, deployment_id, region;
