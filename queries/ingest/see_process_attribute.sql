-- see_process_attribute: the span of the observations that said a set of attributes.
--
-- in   :process_key  INTEGER
-- in   :attribute_no  INTEGER
-- in   :first_seen_before_ms  INTEGER
-- in   :last_seen_ms  INTEGER
-- in   :last_snapshot_seq  INTEGER
-- in   :last_restatement  INTEGER
UPDATE process_attribute
SET
  first_seen_before_ms = :first_seen_before_ms,
  last_seen_ms = :last_seen_ms,
  last_snapshot_seq = :last_snapshot_seq,
  last_restatement = :last_restatement
WHERE process_key = :process_key AND attribute_no = :attribute_no;
