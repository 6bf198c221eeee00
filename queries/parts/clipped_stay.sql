-- clipped_stay: one row is a stay of a room on a process, and what of it lies in the period.
-- needs: period

-- part: stay,
-- What of a stay lies in the period; a stay that ends before it starts has nothing there.
clipped_stay AS (
  SELECT
    stay.room_key AS room_key,
    stay.process_key AS process_key,
    stay.attribute_no AS attribute_no,
    CASE WHEN stay.start_ms > period.from_ms THEN stay.start_ms ELSE period.from_ms END
      AS start_ms,
    CASE WHEN stay.end_ms < period.to_ms THEN stay.end_ms ELSE period.to_ms END AS end_ms
  FROM period
  JOIN stay
    ON stay.start_ms < period.to_ms
    AND stay.end_ms > period.from_ms
    AND stay.start_ms < stay.end_ms
)
