-- pruned_total: how much was moved to files.
--
-- out  before_ms  INTEGER?  no answer about this instant or a later one needs any of it; NULL: none
-- out  processes  INTEGER
-- out  observations  INTEGER
-- out  last_seq  INTEGER  of the last file; 0 when there is none
-- rows exactly one
SELECT
  max(before_ms) AS before_ms,
  coalesce(sum(process_count), 0) AS processes,
  coalesce(sum(observation_count), 0) AS observations,
  coalesce(max(pruned_seq), 0) AS last_seq
FROM pruned_file;
