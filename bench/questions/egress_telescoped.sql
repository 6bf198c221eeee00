-- Bytes that left by region, app and UTC day in a window, in plain SQL: the last counter of a
-- process in a day minus the last one before. Right only while no counter restarts.
-- Runs in DuckDB and ClickHouse.
WITH last_of_day AS (
  SELECT
    process_id,
    CASE WHEN observed_at_ms < $from_ms THEN -1
      ELSE observed_at_ms - observed_at_ms % 86400000 END AS day_ms,
    max(egressed_bytes) AS egressed_bytes
  FROM observation
  WHERE observed_at_ms < $to_ms
  GROUP BY 1, 2
),
increase AS (
  SELECT
    process_id, day_ms,
    egressed_bytes
      - coalesce(lag(egressed_bytes) OVER (PARTITION BY process_id ORDER BY day_ms), 0)
      AS egress_bytes
  FROM last_of_day
)
SELECT
  process.region AS region, process.app_id AS app_id, day_ms,
  sum(increase.egress_bytes) AS egress_bytes
FROM increase
JOIN process ON process.process_id = increase.process_id
WHERE day_ms >= 0
GROUP BY process.region, process.app_id, day_ms
ORDER BY region, app_id, day_ms;
