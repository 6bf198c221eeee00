-- Billable time by app, deployment, region and UTC day in a window, in plain SQL over the
-- normalised tables: the rules of docs/semantics.md for the point value. Runs in DuckDB,
-- ClickHouse and SQLite.
WITH life AS (
  SELECT
    app_id, deployment_id, region, started_at_ms,
    CASE
      WHEN stopping_at_ms IS NOT NULL THEN stopping_at_ms
      WHEN terminated_at_ms IS NOT NULL THEN terminated_at_ms
      WHEN $as_of_ms - last_seen_ms <= $grace_ms THEN $as_of_ms
      ELSE last_seen_ms
    END AS ended_at_ms
  FROM process
  WHERE started_at_ms IS NOT NULL
),
asked_day AS (
  SELECT
    begin_ms AS day_ms,
    CASE WHEN begin_ms > $from_ms THEN begin_ms ELSE $from_ms END AS begin_ms,
    CASE WHEN end_ms < $to_ms THEN end_ms ELSE $to_ms END AS end_ms
  FROM day
  WHERE end_ms > $from_ms AND begin_ms < $to_ms
)
SELECT
  app_id, deployment_id, region, day_ms,
  sum(
    CASE WHEN ended_at_ms < end_ms THEN ended_at_ms ELSE end_ms END
    - CASE WHEN started_at_ms > begin_ms THEN started_at_ms ELSE begin_ms END
  ) AS billable_ms
FROM life
JOIN asked_day ON started_at_ms < end_ms AND ended_at_ms > begin_ms
GROUP BY app_id, deployment_id, region, day_ms
ORDER BY app_id, deployment_id, region, day_ms;
