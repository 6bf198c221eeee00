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
SELECT
  process_key,
  first_seen_ms,
  last_seen_ms,
  latest_snapshot_seq,
  latest_restatement,
  latest_attribute_no,
  latest_activity_no,
  gone_ms,
  touched_seq
FROM process
WHERE process_id = :process_id;
