-- added_stay: one row is a row of several_stay, and what it adds to its room and process, if
-- anything.
-- needs: several_stay

-- Stays of one room on one process may overlap; each adds only what those before it left out.
added_stay AS MATERIALIZED (
  SELECT
    follower.room_key AS room_key,
    follower.process_key AS process_key,
    -- part: added_start,
    follower.end_ms AS end_ms
  FROM (
    SELECT
      room_key,
      process_key,
      start_ms,
      end_ms,
      max(end_ms) OVER (
        PARTITION BY process_key, room_key
        ORDER BY start_ms, end_ms
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
      ) AS covered_until_ms
    FROM several_stay
  ) AS follower
  WHERE follower.covered_until_ms IS NULL OR follower.covered_until_ms < follower.end_ms
)
