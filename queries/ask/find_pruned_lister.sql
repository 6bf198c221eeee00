-- find_pruned_lister: a process whose observations were moved, and alone would say how long rooms were on it.
--
-- in   :from_ms  INTEGER  seen then or later
-- in   :to_ms  INTEGER  seen before
-- out  process_key  INTEGER
-- rows the first by its key, or none
SELECT pruned.process_key AS process_key
FROM pruned_process AS pruned
JOIN process ON process.process_key = pruned.process_key
WHERE process.last_seen_ms >= :from_ms
  AND process.first_seen_ms < :to_ms
  AND EXISTS (
    SELECT 1
    FROM process_room AS listed
    WHERE listed.process_key = pruned.process_key AND listed.is_unplaced = 1
  )
ORDER BY pruned.process_key
LIMIT 1;
