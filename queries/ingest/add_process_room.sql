-- add_process_room: an element of the list of rooms of an activity.
--
-- in   :process_key  INTEGER
-- in   :activity_no  INTEGER
-- in   :position  INTEGER
-- in   :room_key  INTEGER
-- in   :room_fact_no  INTEGER
INSERT INTO process_room (
  process_key, activity_no, position, room_key, room_fact_no
)
VALUES (
  :process_key, :activity_no, :position, :room_key, :room_fact_no
);
