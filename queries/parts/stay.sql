-- stay: one row is a stay of a room on a process, from its start to its end.
-- needs: nothing
--
-- It says what the view room_on_process says, of all rooms at once. That view answers quickly for
-- one room, by means that only SQLite has.

-- part: allocation_stay,
-- part: listed_stay,
-- A stay without an end lasts as long as it was seen; one seen lately, to the as-of.
stay AS (
  SELECT
    known.room_key AS room_key,
    process.process_key AS process_key,
    process.latest_attribute_no AS attribute_no,
    coalesce(known.scheduled_at_ms, known.first_seen_ms) AS start_ms,
    CASE
      WHEN known.unscheduled_at_ms IS NOT NULL THEN known.unscheduled_at_ms
      WHEN process.terminated_at_ms < known.last_seen_ms THEN process.terminated_at_ms
      WHEN process.terminated_at_ms IS NULL
        AND :as_of_ms - known.last_seen_ms <= :grace_ms THEN :as_of_ms
      ELSE known.last_seen_ms
    END AS end_ms
  FROM (
    SELECT room_key, process_key, scheduled_at_ms, unscheduled_at_ms, first_seen_ms, last_seen_ms
    FROM allocation_stay
    UNION ALL
    SELECT room_key, process_key, NULL, NULL, first_seen_ms, last_seen_ms
    FROM listed_stay
  ) AS known
  LEFT JOIN process ON process.process_key = known.process_key
)
