-- see_room_allocation: the span of the snapshots that said a thing of an allocation.
--
-- in   :room_key  INTEGER
-- in   :allocation_no  INTEGER
-- in   :first_seen_ms  INTEGER
-- in   :last_seen_ms  INTEGER
-- in   :last_snapshot_seq  INTEGER
UPDATE room_allocation
SET
  first_seen_ms = :first_seen_ms,
  last_seen_ms = :last_seen_ms,
  last_snapshot_seq = :last_snapshot_seq
WHERE room_key = :room_key AND allocation_no = :allocation_no;
