-- several_stay: one row is a stay of a room of which more was said, and what of it lies in the
-- period.
-- needs: period, several_room

-- part: allocation_stay,
-- part: listed_stay,
several_stay AS MATERIALIZED (
  SELECT
    -- part: clipped_columns
  FROM (
    SELECT
      -- part: stay_columns
    FROM (
      SELECT room_key, process_key, scheduled_at_ms, unscheduled_at_ms, first_seen_ms, last_seen_ms
      FROM allocation_stay
      UNION ALL
      SELECT room_key, process_key, NULL, NULL, first_seen_ms, last_seen_ms
      FROM listed_stay
    ) AS known
    LEFT JOIN process ON process.process_key = known.process_key
    LIMIT 9223372036854775807
  ) AS stay
  CROSS JOIN period
  WHERE stay.start_ms < period.to_ms
    AND stay.end_ms > period.from_ms
    AND stay.start_ms < stay.end_ms
)
