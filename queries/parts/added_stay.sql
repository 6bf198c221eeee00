-- added_stay: one row is a stay of a room on a process in the period, and the time it adds there.
-- needs: period

-- part: clipped_stay,
-- Stays of one room on one process may overlap; each adds only what those before it left out.
added_stay AS (
  SELECT
    follower.room_key AS room_key,
    follower.process_key AS process_key,
    follower.attribute_no AS attribute_no,
    -- part: added_ms
  FROM (
    SELECT
      room_key,
      process_key,
      attribute_no,
      start_ms,
      end_ms,
      max(end_ms) OVER (
        PARTITION BY process_key, room_key
        ORDER BY start_ms, end_ms, attribute_no
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
      ) AS covered_until_ms
    FROM clipped_stay
  ) AS follower
)
