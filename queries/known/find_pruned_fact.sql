-- find_pruned_fact: a process whose observations were moved, and that alone would tell since when a fact of a room was known.
--
-- in   :known_seq  INTEGER  the newest snapshot that counts
-- in   :last_key  INTEGER  the last process that was named by then
-- out  process_key  INTEGER
-- rows the first by its key, or none
SELECT pruned.process_key AS process_key
FROM main.pruned_process AS pruned
WHERE pruned.process_key <= :last_key
  AND EXISTS (
    SELECT 1
    FROM main.process_room AS listed
    JOIN main.room_fact AS fact
      ON fact.room_key = listed.room_key AND fact.room_fact_no = listed.room_fact_no
    WHERE listed.process_key = pruned.process_key
      AND (fact.first_snapshot_seq > :known_seq OR fact.last_snapshot_seq > :known_seq)
  )
ORDER BY pruned.process_key
LIMIT 1;
