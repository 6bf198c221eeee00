-- add_room_observation: what a document about rooms said of one room.
--
-- in   :room_key  INTEGER
-- in   :snapshot_seq  INTEGER
-- in   :restatement  INTEGER
-- in   :room_fact_no  INTEGER
INSERT INTO room_observation (
  room_key, snapshot_seq, restatement, room_fact_no
)
VALUES (
  :room_key, :snapshot_seq, :restatement, :room_fact_no
);
