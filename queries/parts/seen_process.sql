-- seen_process: one row is a process of which something that was said lies in a window.
-- needs: extent, seen_window
--
-- seen_window is one row, the window. What is said lies between from_ms and to_ms of process_meter:
-- when a process was seen, and when it was provisioned, started, stopped and gone.

-- A window that is a large part of the store is cheaper read from end to end than by an index.
seen_part AS MATERIALIZED (
  SELECT
    asked.from_ms AS from_ms,
    asked.to_ms AS to_ms,
    -- part: large_part
  FROM seen_window AS asked
),
-- The LIMIT keeps all rows; because of it SQLite keeps each CROSS JOIN in its order.
seen_process AS NOT MATERIALIZED (
  SELECT meter.process_key AS process_key, meter.region_key AS region_key
  FROM seen_part
  CROSS JOIN process_meter AS meter
  WHERE +seen_part.is_large = 1
    AND meter.from_ms <= seen_part.to_ms
    AND meter.to_ms >= seen_part.from_ms
  UNION ALL
  SELECT meter.process_key, meter.region_key
  FROM seen_part
  CROSS JOIN extent
  CROSS JOIN process_meter AS meter
  WHERE +seen_part.is_large = 0
    AND meter.extent = extent.extent
    AND meter.from_ms > seen_part.from_ms - extent.reach_ms
    AND meter.from_ms <= seen_part.to_ms
    AND meter.to_ms >= seen_part.from_ms
  LIMIT 9223372036854775807
)
