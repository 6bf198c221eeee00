-- find_process: a process and its summary by its id.
--
-- in   :process_id  TEXT
-- out  process_key  INTEGER
-- out  first_seen_ms  INTEGER?  NULL when only a room named it
-- out  last_seen_ms  INTEGER?
-- out  latest_snapshot_seq  INTEGER?
-- out  latest_restatement  INTEGER?
-- out  latest_attribute_no  INTEGER?
-- out  latest_activity_no  INTEGER?
-- out  gone_ms  INTEGER?
-- out  touched_seq  INTEGER?
-- out  pruned_seq  INTEGER?  the file that its observations were moved to; NULL: they are here
SELECT
  process.process_key AS process_key,
  process.first_seen_ms AS first_seen_ms,
  process.last_seen_ms AS last_seen_ms,
  process.latest_snapshot_seq AS latest_snapshot_seq,
  process.latest_restatement AS latest_restatement,
  process.latest_attribute_no AS latest_attribute_no,
  process.latest_activity_no AS latest_activity_no,
  process.gone_ms AS gone_ms,
  process.touched_seq AS touched_seq,
  pruned.pruned_seq AS pruned_seq
FROM process
LEFT JOIN pruned_process AS pruned ON pruned.process_key = process.process_key
WHERE process.process_id = :process_id;
