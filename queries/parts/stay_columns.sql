-- stay_columns: four columns, a stay of a room on a process, from its start to its end.
-- needs: known, process
--
-- known is an allocation as it was last known, or a room that a process listed.

known.room_key AS room_key,
process.process_key AS process_key,
coalesce(known.scheduled_at_ms, known.first_seen_ms) AS start_ms,
-- A stay without an end lasts as long as it was seen; one seen lately, to the as-of.
CASE
  WHEN known.unscheduled_at_ms IS NOT NULL THEN known.unscheduled_at_ms
  WHEN process.terminated_at_ms < known.last_seen_ms THEN process.terminated_at_ms
  WHEN process.terminated_at_ms IS NULL
    AND :as_of_ms - known.last_seen_ms <= :grace_ms THEN :as_of_ms
  ELSE known.last_seen_ms
END AS end_ms
