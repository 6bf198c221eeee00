-- Bytes that left by region, app and UTC day over DuckDB's hand-made buckets: whole days, then whole
-- hours of the days at the edges, then the single increases in the hours at the edges.
WITH part AS (
  SELECT region, app_id, day_ms, egress_bytes
  FROM egress_day
  WHERE day_ms >= $first_day_ms AND day_ms < $last_day_ms
  UNION ALL
  SELECT region, app_id, hour_ms // 86400000 * 86400000, egress_bytes
  FROM egress_hour
  WHERE (hour_ms >= $first_hour_ms AND hour_ms < $first_day_ms)
    OR (hour_ms >= $last_day_ms AND hour_ms < $last_hour_ms)
  UNION ALL
  SELECT region, app_id, observed_at_ms // 86400000 * 86400000, egress_bytes
  FROM increase
  WHERE (observed_at_ms >= $from_ms AND observed_at_ms < $first_hour_ms)
    OR (observed_at_ms >= $last_hour_ms AND observed_at_ms < $to_ms)
)
SELECT region, app_id, day_ms, sum(egress_bytes) AS egress_bytes
FROM part
GROUP BY ALL
ORDER BY ALL;
