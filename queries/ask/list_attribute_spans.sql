-- list_attribute_spans: the spans in which processes had their attributes, as they are kept; but for processes whose observations were moved to a file.
--
-- out  process_key  INTEGER
-- out  process_id  TEXT
-- out  latest_snapshot_seq  INTEGER?  of the process's last observation
-- out  latest_restatement  INTEGER?
-- out  attribute_no  INTEGER
-- out  snapshot_seq  INTEGER  said these attributes first
-- out  said_at_ms  INTEGER  when that snapshot was true
-- out  first_seen_before_ms  INTEGER
-- out  last_seen_ms  INTEGER
-- out  last_snapshot_seq  INTEGER
-- out  last_restatement  INTEGER
-- rows by process, then by attribute_no
SELECT
  attribute.process_key AS process_key,
  process.process_id AS process_id,
  process.latest_snapshot_seq AS latest_snapshot_seq,
  process.latest_restatement AS latest_restatement,
  attribute.attribute_no AS attribute_no,
  attribute.snapshot_seq AS snapshot_seq,
  snapshot.observed_at_ms AS said_at_ms,
  attribute.first_seen_before_ms AS first_seen_before_ms,
  attribute.last_seen_ms AS last_seen_ms,
  attribute.last_snapshot_seq AS last_snapshot_seq,
  attribute.last_restatement AS last_restatement
FROM process_attribute AS attribute
JOIN process ON process.process_key = attribute.process_key
JOIN snapshot ON snapshot.snapshot_seq = attribute.snapshot_seq
LEFT JOIN pruned_process AS pruned ON pruned.process_key = attribute.process_key
WHERE pruned.process_key IS NULL
ORDER BY attribute.process_key, attribute.attribute_no;
