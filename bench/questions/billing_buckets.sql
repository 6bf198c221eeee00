-- Billable time by app, deployment, region and UTC day over DuckDB's hand-made buckets: whole days,
-- then whole hours of the days at the edges, then the single lives in the hours at the edges.
WITH part AS (
  SELECT app_id, deployment_id, region, day_ms, billable_ms
  FROM billing_day
  WHERE day_ms >= $first_day_ms AND day_ms < $last_day_ms
  UNION ALL
  SELECT app_id, deployment_id, region, hour_ms // 86400000 * 86400000, billable_ms
  FROM billing_hour
  WHERE (hour_ms >= $first_hour_ms AND hour_ms < $first_day_ms)
    OR (hour_ms >= $last_day_ms AND hour_ms < $last_hour_ms)
  UNION ALL
  SELECT
    app_id, deployment_id, region, edge.begin_ms // 86400000 * 86400000,
    least(life.end_ms, edge.end_ms) - greatest(life.started_at_ms, edge.begin_ms)
  FROM life
  JOIN (VALUES ($from_ms, $first_hour_ms), ($last_hour_ms, $to_ms)) AS edge (begin_ms, end_ms)
    ON life.started_at_ms < edge.end_ms AND life.end_ms > edge.begin_ms
  WHERE edge.begin_ms < edge.end_ms
)
SELECT app_id, deployment_id, region, day_ms, sum(billable_ms) AS billable_ms
FROM part
GROUP BY ALL
ORDER BY ALL;
