-- list_pruned_files: the files that observations were moved to, and what is recorded of the processes in each.
--
-- out  pruned_seq  INTEGER
-- out  sha256  BLOB
-- out  byte_length  INTEGER
-- out  before_ms  INTEGER
-- out  process_count  INTEGER
-- out  observation_count  INTEGER
-- out  egressed_bytes_sum  INTEGER  modulo 2^64
-- out  found_processes  INTEGER  processes that name the file
-- out  found_rows  INTEGER  rows of it that they name
-- out  end_row  INTEGER  behind the last of these
-- out  faults  INTEGER  processes that have observations all the same, or were seen too late
-- rows by pruned_seq
SELECT
  file.pruned_seq AS pruned_seq,
  file.sha256 AS sha256,
  file.byte_length AS byte_length,
  file.before_ms AS before_ms,
  file.process_count AS process_count,
  file.observation_count AS observation_count,
  file.egressed_bytes_sum AS egressed_bytes_sum,
  count(pruned.process_key) AS found_processes,
  coalesce(sum(pruned.row_count), 0) AS found_rows,
  coalesce(max(pruned.first_row + pruned.row_count), 0) AS end_row,
  coalesce(sum(
    CASE
      WHEN process.last_seen_ms >= file.before_ms OR EXISTS (
        SELECT 1
        FROM observation
        WHERE observation.process_key = pruned.process_key
      ) THEN 1
      ELSE 0
    END
  ), 0) AS faults
FROM pruned_file AS file
LEFT JOIN pruned_process AS pruned ON pruned.pruned_seq = file.pruned_seq
LEFT JOIN process ON process.process_key = pruned.process_key
GROUP BY
  file.pruned_seq,
  file.sha256,
  file.byte_length,
  file.before_ms,
  file.process_count,
  file.observation_count,
  file.egressed_bytes_sum
ORDER BY file.pruned_seq;
