-- add_process: a process that is named for the first time, with the summary of its history.
--
-- in   :process_key  INTEGER
-- in   :process_id  TEXT
-- in   :named_seq  INTEGER?
-- in   :first_seen_ms  INTEGER?
-- in   :last_seen_ms  INTEGER?
-- in   :latest_snapshot_seq  INTEGER?
-- in   :latest_restatement  INTEGER?
-- in   :latest_attribute_no  INTEGER?
-- in   :latest_activity_no  INTEGER?
-- in   :starting_at_ms  INTEGER?
-- in   :scheduled_at_ms  INTEGER?
-- in   :booted_at_ms  INTEGER?
-- in   :started_at_ms  INTEGER?
-- in   :stopping_at_ms  INTEGER?
-- in   :terminated_at_ms  INTEGER?
-- in   :gone_ms  INTEGER?  the first list that ought to hold it and does not
-- in   :touched_seq  INTEGER?
-- bulk
--
-- The summary of one that only a room's allocation names is NULL.
INSERT INTO process (
  process_key,
  process_id,
  named_seq,
  first_seen_ms,
  last_seen_ms,
  latest_snapshot_seq,
  latest_restatement,
  latest_attribute_no,
  latest_activity_no,
  starting_at_ms,
  scheduled_at_ms,
  booted_at_ms,
  started_at_ms,
  stopping_at_ms,
  terminated_at_ms,
  gone_ms,
  touched_seq
)
VALUES (
  :process_key,
  :process_id,
  :named_seq,
  :first_seen_ms,
  :last_seen_ms,
  :latest_snapshot_seq,
  :latest_restatement,
  :latest_attribute_no,
  :latest_activity_no,
  :starting_at_ms,
  :scheduled_at_ms,
  :booted_at_ms,
  :started_at_ms,
  :stopping_at_ms,
  :terminated_at_ms,
  :gone_ms,
  :touched_seq
);
