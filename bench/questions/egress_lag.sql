-- Bytes that left by region, app and UTC day in a window, in plain SQL: each increase of a counter
-- belongs to the later of its two observations, and a fall is a restart from 0.
-- Runs in DuckDB, ClickHouse and SQLite.
WITH increase AS (
  SELECT
    process_id, observed_at_ms, egressed_bytes,
    lag(egressed_bytes) OVER (PARTITION BY process_id ORDER BY observed_at_ms) AS before_bytes
  FROM observation
  WHERE observed_at_ms < $to_ms
)
SELECT
  process.region AS region, process.app_id AS app_id,
  observed_at_ms - observed_at_ms % 86400000 AS day_ms,
  sum(
    CASE
      WHEN before_bytes IS NULL OR egressed_bytes < before_bytes THEN egressed_bytes
      ELSE egressed_bytes - before_bytes
    END
  ) AS egress_bytes
FROM increase
JOIN process ON process.process_id = increase.process_id
WHERE observed_at_ms >= $from_ms
GROUP BY process.region, process.app_id, observed_at_ms - observed_at_ms % 86400000
ORDER BY region, app_id, day_ms;
