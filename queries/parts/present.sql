-- present: one row is a process that may have begun, run or ended in the time that is asked for.
-- needs: asked, longest_life, extent
--
-- It has rows only where sought.is_large is 0. A time that is a large part of the store is cheaper
-- read from end to end than by indexes: whoever reads this table reads all processes then.

-- The time that is asked for, and so much around it as a process is believed to live longer than
-- what process_meter takes for its longest life. Who reads it compares +is_large: because of the
-- plus SQLite makes no index of this one row, and goes on from it.
sought AS MATERIALIZED (
  SELECT
    asked.from_ms - longest_life.extra_ms AS from_ms,
    asked.to_ms + longest_life.extra_ms AS to_ms,
    longest_life.stored_ms AS stored_ms,
    -- part: large_part
  FROM asked
  CROSS JOIN longest_life
),
-- Those of which something happens in that time; those that were lost before, and are believed for
-- their longest life; those that were seen before, and so lately that they run on. The LIMIT keeps
-- all rows; because of it SQLite keeps each CROSS JOIN in its order.
present AS (
  SELECT meter.process_key
  FROM sought
  CROSS JOIN extent
  CROSS JOIN process_meter AS meter
  WHERE +sought.is_large = 0
    AND meter.extent = extent.extent
    AND meter.from_ms > sought.from_ms - extent.reach_ms
    AND meter.from_ms <= sought.to_ms
    AND meter.to_ms >= sought.from_ms
  UNION ALL
  SELECT meter.process_key
  FROM sought
  CROSS JOIN process_meter AS meter
  WHERE +sought.is_large = 0
    AND meter.tail_ms >= sought.from_ms
    AND meter.tail_ms <= sought.from_ms + sought.stored_ms
    AND meter.from_ms <= sought.to_ms
    AND meter.to_ms < sought.from_ms
  UNION ALL
  SELECT meter.process_key
  FROM sought
  CROSS JOIN process AS seen
  CROSS JOIN process_meter AS meter
  WHERE +sought.is_large = 0
    AND seen.terminated_at_ms IS NULL
    AND seen.last_seen_ms >= :as_of_ms - :grace_ms
    AND seen.last_seen_ms < sought.from_ms
    AND meter.process_key = seen.process_key
    AND meter.from_ms <= sought.to_ms
    AND meter.to_ms < sought.from_ms
    AND (meter.tail_ms IS NULL OR meter.tail_ms < sought.from_ms)
  LIMIT 9223372036854775807
)
