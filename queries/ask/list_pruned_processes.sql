-- list_pruned_processes: the processes whose observations were moved.
--
-- in   :pruned_seq  INTEGER?  of one file; NULL: of all
-- out  process_key  INTEGER
-- out  process_id  TEXT
-- out  pruned_seq  INTEGER  of the file
-- out  first_row  INTEGER  of its rows in the file, counted from 0
-- out  row_count  INTEGER
-- rows by process_key, which within a file is the order of its rows
SELECT
  pruned.process_key AS process_key,
  process.process_id AS process_id,
  pruned.pruned_seq AS pruned_seq,
  pruned.first_row AS first_row,
  pruned.row_count AS row_count
FROM pruned_process AS pruned
JOIN process ON process.process_key = pruned.process_key
WHERE :pruned_seq IS NULL OR pruned.pruned_seq = :pruned_seq
ORDER BY pruned.process_key;
