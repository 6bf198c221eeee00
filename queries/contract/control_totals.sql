-- control_totals: what the tables hold beside what meta says that they hold.
--
-- out  what  TEXT  what is counted or added up
-- out  said  INTEGER  by meta
-- out  found  INTEGER
-- rows one per total, by name; of whole tables, both are the same in each
--
-- A row that is missing or too many is found of every table, and an altered total of a process: in
-- process by itself, in process_hour by the greatest value of its curve.
WITH
of_processes AS (
  SELECT
    coalesce(SUM(1), 0) AS processes,
    coalesce(SUM(process.billable_ms), 0) AS billable_ms,
    coalesce(SUM(process.billable_ms_lo), 0) AS billable_ms_lo,
    coalesce(SUM(process.billable_ms_hi), 0) AS billable_ms_hi,
    coalesce(SUM(process.egress_bytes), 0) AS egress_bytes,
    coalesce(SUM(process.egress_bytes_lo), 0) AS egress_bytes_lo,
    coalesce(SUM(process.egress_bytes_hi), 0) AS egress_bytes_hi
  FROM process
),
of_hours AS (
  SELECT
    coalesce(SUM(curve.hours), 0) AS hours,
    coalesce(SUM(curve.billable_ms), 0) AS billable_ms,
    coalesce(SUM(curve.billable_ms_lo), 0) AS billable_ms_lo,
    coalesce(SUM(curve.billable_ms_hi), 0) AS billable_ms_hi,
    coalesce(SUM(curve.egress_bytes), 0) AS egress_bytes,
    coalesce(SUM(curve.egress_bytes_lo), 0) AS egress_bytes_lo,
    coalesce(SUM(curve.egress_bytes_hi), 0) AS egress_bytes_hi
  FROM (
    SELECT
      hour.process_id AS process_id,
      SUM(1) AS hours,
      MAX(hour.billable_ms + hour.tail_ms) AS billable_ms,
      MAX(hour.billable_ms_lo + hour.tail_ms_lo) AS billable_ms_lo,
      MAX(hour.billable_ms_hi + hour.tail_ms_hi) AS billable_ms_hi,
      MAX(hour.egress_bytes) AS egress_bytes,
      MAX(hour.egress_bytes_lo) AS egress_bytes_lo,
      MAX(hour.egress_bytes_hi) AS egress_bytes_hi
    FROM process_hour AS hour
    GROUP BY hour.process_id
  ) AS curve
),
of_others AS (
  SELECT polls.rows_found AS polls, snapshots.rows_found AS snapshots, stays.rows_found AS stays
  FROM (SELECT coalesce(SUM(1), 0) AS rows_found FROM poll) AS polls
  CROSS JOIN (SELECT coalesce(SUM(1), 0) AS rows_found FROM snapshot) AS snapshots
  CROSS JOIN (SELECT coalesce(SUM(1), 0) AS rows_found FROM room_stay) AS stays
)
SELECT total.what AS what, total.said AS said, total.found AS found
FROM (
  SELECT 'billable_ms' AS what, meta.billable_ms AS said, of_processes.billable_ms AS found
  FROM meta CROSS JOIN of_processes
  UNION ALL
  SELECT 'billable_ms_hi', meta.billable_ms_hi, of_processes.billable_ms_hi
  FROM meta CROSS JOIN of_processes
  UNION ALL
  SELECT 'billable_ms_lo', meta.billable_ms_lo, of_processes.billable_ms_lo
  FROM meta CROSS JOIN of_processes
  UNION ALL
  SELECT 'egress_bytes', meta.egress_bytes, of_processes.egress_bytes
  FROM meta CROSS JOIN of_processes
  UNION ALL
  SELECT 'egress_bytes_hi', meta.egress_bytes_hi, of_processes.egress_bytes_hi
  FROM meta CROSS JOIN of_processes
  UNION ALL
  SELECT 'egress_bytes_lo', meta.egress_bytes_lo, of_processes.egress_bytes_lo
  FROM meta CROSS JOIN of_processes
  UNION ALL
  SELECT 'hours', meta.hours, of_hours.hours
  FROM meta CROSS JOIN of_hours
  UNION ALL
  SELECT 'hours: billable_ms', meta.billable_ms, of_hours.billable_ms
  FROM meta CROSS JOIN of_hours
  UNION ALL
  SELECT 'hours: billable_ms_hi', meta.billable_ms_hi, of_hours.billable_ms_hi
  FROM meta CROSS JOIN of_hours
  UNION ALL
  SELECT 'hours: billable_ms_lo', meta.billable_ms_lo, of_hours.billable_ms_lo
  FROM meta CROSS JOIN of_hours
  UNION ALL
  SELECT 'hours: egress_bytes', meta.egress_bytes, of_hours.egress_bytes
  FROM meta CROSS JOIN of_hours
  UNION ALL
  SELECT 'hours: egress_bytes_hi', meta.egress_bytes_hi, of_hours.egress_bytes_hi
  FROM meta CROSS JOIN of_hours
  UNION ALL
  SELECT 'hours: egress_bytes_lo', meta.egress_bytes_lo, of_hours.egress_bytes_lo
  FROM meta CROSS JOIN of_hours
  UNION ALL
  SELECT 'polls', meta.polls, of_others.polls
  FROM meta CROSS JOIN of_others
  UNION ALL
  SELECT 'processes', meta.processes, of_processes.processes
  FROM meta CROSS JOIN of_processes
  UNION ALL
  SELECT 'snapshots', meta.snapshots, of_others.snapshots
  FROM meta CROSS JOIN of_others
  UNION ALL
  SELECT 'stays', meta.stays, of_others.stays
  FROM meta CROSS JOIN of_others
) AS total
ORDER BY what;
