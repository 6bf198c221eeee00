-- egress_per_billable_hour_by_region: how much a region sends per hour that it bills, in a window.
--
-- in   :from_ms  INTEGER  unix ms, inclusive
-- in   :to_ms  INTEGER  unix ms, exclusive
-- in   :as_of_ms  INTEGER  unix ms; nothing later is answered
-- in   :grace_ms  INTEGER  a process seen this recently before the as-of still runs
-- in   :max_lifespan_ms  INTEGER  no process lives longer
-- in   :trust_absence  INTEGER  1: a process is gone when a running list ought to hold it
-- out  region  TEXT  '' when unknown
-- out  processes  INTEGER  with a counter, that sent or were billable in the window
-- out  egress_bytes  INTEGER
-- out  billable_ms  INTEGER  of those processes
-- out  bytes_per_hour  INTEGER  rounded down; NULL when nothing was billable
-- out  open_processes  INTEGER  may have sent more in the window than anybody read
-- out  unmetered_processes  INTEGER  never said a counter: they and their time are left out
-- rows one per region, most bytes per hour first; of equals by name
--
-- Bytes are those of egress_by_process and time is that of billing_by_process; every table of this
-- query up to process_egress and process_billing is theirs. A process without a counter would add
-- hours and no bytes, so it adds neither.
--
-- bytes * 3600000 / ms would leave 64 bits at 2.6 TB. Dividing first keeps whole and rest apart,
-- and the hour is taken as 3600 * 1000 ms: exact up to 2^51 ms (71,000 years) of billable time,
-- while the answer itself is below 2^63. Reads the summary of every process in the window, and the
-- observations of those whose counter an end of the window cuts.
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
    process_egress.region_key AS region_key,
    process_egress.egress_bytes AS egress_bytes,
    process_egress.is_open AS is_open,
    process_egress.is_unmetered AS is_unmetered,
    CASE WHEN process_egress.is_unmetered = 1 THEN 0 ELSE process_billing.billable_ms END
      AS billable_ms
  FROM process_billing
  CROSS JOIN process_egress
  WHERE process_egress.process_key = process_billing.process_key
    AND (
      process_egress.egress_bytes_hi > 0
      OR process_egress.is_open = 1
      OR process_egress.is_unmetered = 1
      OR process_billing.billable_ms > 0
    )
),
group_use AS (
  SELECT
    region_key,
    sum(1 - is_unmetered) AS processes,
    sum(egress_bytes) AS egress_bytes,
    sum(billable_ms) AS billable_ms,
    sum(is_open) AS open_processes,
    sum(is_unmetered) AS unmetered_processes
  FROM process_use
  GROUP BY region_key
),
region_use AS (
  SELECT
    coalesce(region.label, '') AS region,
    sum(group_use.processes) AS processes,
    CAST(sum(group_use.egress_bytes) AS BIGINT) AS egress_bytes,
    CAST(sum(group_use.billable_ms) AS BIGINT) AS billable_ms,
    sum(group_use.open_processes) AS open_processes,
    sum(group_use.unmetered_processes) AS unmetered_processes
  FROM group_use
  LEFT JOIN label AS region ON region.label_key = group_use.region_key
  GROUP BY coalesce(region.label, '')
)
SELECT
  region,
  processes,
  egress_bytes,
  billable_ms,
  CASE
    WHEN billable_ms > 0 THEN
      egress_bytes / billable_ms * 3600000
      + egress_bytes % billable_ms * 3600 / billable_ms * 1000
      + egress_bytes % billable_ms * 3600 % billable_ms * 1000 / billable_ms
  END AS bytes_per_hour,
  open_processes,
  unmetered_processes
FROM region_use
ORDER BY bytes_per_hour DESC NULLS LAST, region;
