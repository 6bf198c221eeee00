-- see_room_fact: the span of the snapshots that said a fact of a room.
--
-- in   :room_key  INTEGER
-- in   :room_fact_no  INTEGER
-- in   :first_snapshot_seq  INTEGER
-- in   :last_snapshot_seq  INTEGER
UPDATE room_fact
SET
  first_snapshot_seq = :first_snapshot_seq,
  last_snapshot_seq = :last_snapshot_seq
WHERE room_key = :room_key AND room_fact_no = :room_fact_no;
