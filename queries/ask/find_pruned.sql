-- find_pruned: where the observations of a process were moved to.
--
-- in   :process_key  INTEGER
-- out  process_key  INTEGER
-- out  process_id  TEXT
-- out  first_row  INTEGER  of its rows in the file, counted from 0
-- out  row_count  INTEGER
-- out  sha256  BLOB  of the file
-- out  byte_length  INTEGER  likewise
-- out  before_ms  INTEGER
-- out  is_metered  INTEGER  1: some of them says a counter
-- rows one, or none when they were not moved
SELECT
  pruned.process_key AS process_key,
  process.process_id AS process_id,
  pruned.first_row AS first_row,
  pruned.row_count AS row_count,
  file.sha256 AS sha256,
  file.byte_length AS byte_length,
  file.before_ms AS before_ms,
  CASE WHEN meter.first_reading_ms IS NULL THEN 0 ELSE 1 END AS is_metered
FROM pruned_process AS pruned
JOIN pruned_file AS file ON file.pruned_seq = pruned.pruned_seq
JOIN process ON process.process_key = pruned.process_key
JOIN process_meter AS meter ON meter.process_key = pruned.process_key
WHERE pruned.process_key = :process_key;
