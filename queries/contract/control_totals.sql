-- control_totals: what the tables hold beside what meta says that they hold.
--
-- out  what  TEXT  what is counted or added up
-- out  said  INTEGER  by meta
-- out  found  INTEGER
-- rows one per total, by name; of whole tables, both are the same in each
SELECT total.what AS what, total.said AS said, total.found AS found
FROM (
  SELECT 'billable_ms' AS what, meta.billable_ms AS said, one.found AS found
  FROM meta CROSS JOIN (SELECT coalesce(SUM(process.billable_ms), 0) AS found FROM process) AS one
  UNION ALL
  SELECT 'billable_ms_hi', meta.billable_ms_hi, one.found
  FROM meta
  CROSS JOIN (SELECT coalesce(SUM(process.billable_ms_hi), 0) AS found FROM process) AS one
  UNION ALL
  SELECT 'billable_ms_lo', meta.billable_ms_lo, one.found
  FROM meta
  CROSS JOIN (SELECT coalesce(SUM(process.billable_ms_lo), 0) AS found FROM process) AS one
  UNION ALL
  SELECT 'egress_bytes', meta.egress_bytes, one.found
  FROM meta CROSS JOIN (SELECT coalesce(SUM(process.egress_bytes), 0) AS found FROM process) AS one
  UNION ALL
  SELECT 'egress_bytes_hi', meta.egress_bytes_hi, one.found
  FROM meta
  CROSS JOIN (SELECT coalesce(SUM(process.egress_bytes_hi), 0) AS found FROM process) AS one
  UNION ALL
  SELECT 'egress_bytes_lo', meta.egress_bytes_lo, one.found
  FROM meta
  CROSS JOIN (SELECT coalesce(SUM(process.egress_bytes_lo), 0) AS found FROM process) AS one
  UNION ALL
  SELECT 'hours', meta.hours, one.found
  FROM meta CROSS JOIN (SELECT coalesce(SUM(1), 0) AS found FROM process_hour) AS one
  UNION ALL
  SELECT 'hours: billable_ms', meta.billable_ms, one.found
  FROM meta
  CROSS JOIN (
    SELECT coalesce(SUM(last.billable_ms), 0) AS found
    FROM (
      SELECT hour.process_id AS process_id, MAX(hour.billable_ms + hour.tail_ms) AS billable_ms
      FROM process_hour AS hour
      GROUP BY hour.process_id
    ) AS last
  ) AS one
  UNION ALL
  SELECT 'hours: egress_bytes', meta.egress_bytes, one.found
  FROM meta
  CROSS JOIN (
    SELECT coalesce(SUM(last.egress_bytes), 0) AS found
    FROM (
      SELECT hour.process_id AS process_id, MAX(hour.egress_bytes) AS egress_bytes
      FROM process_hour AS hour
      GROUP BY hour.process_id
    ) AS last
  ) AS one
  UNION ALL
  SELECT 'polls', meta.polls, one.found
  FROM meta CROSS JOIN (SELECT coalesce(SUM(1), 0) AS found FROM poll) AS one
  UNION ALL
  SELECT 'processes', meta.processes, one.found
  FROM meta CROSS JOIN (SELECT coalesce(SUM(1), 0) AS found FROM process) AS one
  UNION ALL
  SELECT 'snapshots', meta.snapshots, one.found
  FROM meta CROSS JOIN (SELECT coalesce(SUM(1), 0) AS found FROM snapshot) AS one
  UNION ALL
  SELECT 'stays', meta.stays, one.found
  FROM meta CROSS JOIN (SELECT coalesce(SUM(1), 0) AS found FROM room_stay) AS one
) AS total
ORDER BY what;
