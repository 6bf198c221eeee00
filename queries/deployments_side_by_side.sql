-- deployments_side_by_side: what each deployment cost and did in a window, one line each.
--
-- in   :from_ms  INTEGER  unix ms, inclusive
-- in   :to_ms  INTEGER  unix ms, exclusive
-- in   :as_of_ms  INTEGER  unix ms; nothing later is answered
-- in   :grace_ms  INTEGER  a process seen this recently before the as-of still runs
-- in   :max_lifespan_ms  INTEGER  no process lives longer
-- in   :trust_absence  INTEGER  1: a process is gone when a running list ought to hold it
-- out  app_id  TEXT  '' when unknown
-- out  deployment_id  TEXT  '' when unknown; told apart within its app only
-- out  regions  INTEGER  in which it had a process
-- out  processes  INTEGER  that were billable, sent something, or are unmetered
-- out  billable_ms  INTEGER
-- out  mean_billable_ms  INTEGER  of those that were billable, rounded down; NULL when none was
-- out  egress_bytes  INTEGER
-- out  open_processes  INTEGER  may have sent more in the window than anybody read
-- out  unmetered_processes  INTEGER  never said a counter: their egress is unknown, not 0
-- out  orphan_processes  INTEGER  lost from sight: billed until they were last seen
-- out  first_start_at_ms  INTEGER  unix ms; its earliest start, maybe before the window
-- out  last_start_at_ms  INTEGER  unix ms; latest start
-- rows one per app and deployment, in this order
--
-- Time is that of billing_by_process and bytes are those of egress_by_process; every table of this
-- query up to process_egress and process_billing is theirs. A process counts where it was last said
-- to belong. Reads the summary of every process in the window, and the observations of those whose
-- counter an end of the window cuts.
WITH RECURSIVE
-- part: period,
-- part: longest_life,
-- part: extent,
-- part: asked,
-- part: present,
-- Looked up for each process that was billable or may have been: all curves, for those are few.
sought_curve AS NOT MATERIALIZED (
  SELECT
    -- part: curve_columns
  FROM egress_curve AS curve
),
-- part: process_egress,
-- part: process_billing,
process_use AS MATERIALIZED (
  SELECT
    process_egress.app_key AS app_key,
    process_egress.deployment_key AS deployment_key,
    process_egress.region_key AS region_key,
    process_egress.started_at_ms AS started_at_ms,
    process_billing.billable_ms AS billable_ms,
    CASE
      WHEN process_billing.rule = 'orphan' AND process_billing.billable_ms_hi > 0 THEN 1
      ELSE 0
    END AS is_orphan,
    process_egress.egress_bytes AS egress_bytes,
    process_egress.is_open AS is_open,
    process_egress.is_unmetered AS is_unmetered
  FROM process_billing
  CROSS JOIN process_egress
  WHERE process_egress.process_key = process_billing.process_key
    AND (
      process_egress.egress_bytes_hi > 0
      OR process_egress.is_open = 1
      OR process_egress.is_unmetered = 1
      OR process_billing.billable_ms_hi > 0
    )
),
group_use AS (
  SELECT
    app_key,
    deployment_key,
    region_key,
    count(*) AS processes,
    sum(billable_ms) AS billable_ms,
    sum(CASE WHEN billable_ms > 0 THEN 1 ELSE 0 END) AS billable_processes,
    sum(egress_bytes) AS egress_bytes,
    sum(is_open) AS open_processes,
    sum(is_unmetered) AS unmetered_processes,
    sum(is_orphan) AS orphan_processes,
    min(started_at_ms) AS first_start_at_ms,
    max(started_at_ms) AS last_start_at_ms
  FROM process_use
  GROUP BY deployment_key, region_key, app_key
),
deployment_use AS (
  SELECT
    coalesce(app.label, '') AS app_id,
    coalesce(deployment.label, '') AS deployment_id,
    count(DISTINCT group_use.region_key) AS regions,
    sum(group_use.processes) AS processes,
    CAST(sum(group_use.billable_ms) AS BIGINT) AS billable_ms,
    CAST(sum(group_use.billable_processes) AS BIGINT) AS billable_processes,
    sum(group_use.egress_bytes) AS egress_bytes,
    sum(group_use.open_processes) AS open_processes,
    sum(group_use.unmetered_processes) AS unmetered_processes,
    sum(group_use.orphan_processes) AS orphan_processes,
    min(group_use.first_start_at_ms) AS first_start_at_ms,
    max(group_use.last_start_at_ms) AS last_start_at_ms
  FROM group_use
  LEFT JOIN label AS app ON app.label_key = group_use.app_key
  LEFT JOIN label AS deployment ON deployment.label_key = group_use.deployment_key
  GROUP BY coalesce(app.label, ''), coalesce(deployment.label, '')
)
SELECT
  app_id,
  deployment_id,
  regions,
  processes,
  billable_ms,
  CASE WHEN billable_processes > 0 THEN billable_ms / billable_processes END AS mean_billable_ms,
  egress_bytes,
  open_processes,
  unmetered_processes,
  orphan_processes,
  first_start_at_ms,
  last_start_at_ms
FROM deployment_use
ORDER BY app_id, deployment_id;
