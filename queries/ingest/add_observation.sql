-- add_observation: what one snapshot said of one process.
--
-- in   :process_key  INTEGER
-- in   :snapshot_seq  INTEGER
-- in   :restated_attribute_no  INTEGER  restatement * 2^32 + attribute_no
-- in   :egressed_bytes  INTEGER?
-- in   :activity_no  INTEGER
-- bulk
INSERT INTO observation (
  process_key, snapshot_seq, restated_attribute_no, egressed_bytes, activity_no
)
VALUES (
  :process_key, :snapshot_seq, :restated_attribute_no, :egressed_bytes, :activity_no
);
