-- add_process_room: a room of a list that came with an activity.
--
-- in   :process_key  INTEGER
-- in   :room_set_no  INTEGER
-- in   :position  INTEGER
-- in   :room_key  INTEGER
-- in   :room_fact_no  INTEGER
-- in   :is_unplaced  INTEGER  1: the fact names no allocation of the room to this process
-- bulk
INSERT INTO process_room (
  process_key, room_set_no, position, room_key, room_fact_no, is_unplaced
)
VALUES (
  :process_key, :room_set_no, :position, :room_key, :room_fact_no, :is_unplaced
);
