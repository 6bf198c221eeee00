-- add_observation: what one snapshot said of one process.
--
-- in   :process_key  INTEGER
-- in   :snapshot_seq  INTEGER
-- in   :restatement  INTEGER
-- in   :egressed_bytes  INTEGER
-- in   :attribute_no  INTEGER
-- in   :activity_no  INTEGER
INSERT INTO observation (
  process_key, snapshot_seq, restated_attribute_no, egressed_bytes, activity_no
)
VALUES (
  :process_key, :snapshot_seq, (:restatement << 32) | :attribute_no, :egressed_bytes, :activity_no
);
