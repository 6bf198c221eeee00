-- add_room_observation_allocation: an element of the list of allocations of a room.
--
-- in   :room_key  INTEGER
-- in   :snapshot_seq  INTEGER
-- in   :restatement  INTEGER
-- in   :position  INTEGER
-- in   :allocation_no  INTEGER
INSERT INTO room_observation_allocation (
  room_key, snapshot_seq, restatement, position, allocation_no
)
VALUES (
  :room_key, :snapshot_seq, :restatement, :position, :allocation_no
);
