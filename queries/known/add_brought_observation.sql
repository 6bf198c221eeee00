-- add_brought_observation: one that was read from a file.
--
-- in   :process_key  INTEGER
-- in   :snapshot_seq  INTEGER
-- in   :restated_attribute_no  INTEGER
-- in   :egressed_bytes  INTEGER?
-- in   :activity_no  INTEGER
INSERT INTO temp.brought_observation (
  process_key, snapshot_seq, restated_attribute_no, egressed_bytes, activity_no
)
VALUES (
  :process_key, :snapshot_seq, :restated_attribute_no, :egressed_bytes, :activity_no
);
