-- add_room_fact: what a room was not yet known to be.
--
-- in   :room_key  INTEGER
-- in   :room_fact_no  INTEGER
-- in   :app_key  INTEGER?
-- in   :status_key  INTEGER?
-- in   :room_config_key  INTEGER?
-- in   :allocation_no  INTEGER?
-- in   :first_snapshot_seq  INTEGER
-- in   :last_snapshot_seq  INTEGER
-- bulk
INSERT INTO room_fact (
  room_key, room_fact_no, app_key, status_key, room_config_key, allocation_no,
  first_snapshot_seq, last_snapshot_seq
)
VALUES (
  :room_key, :room_fact_no, :app_key, :status_key, :room_config_key, :allocation_no,
  :first_snapshot_seq, :last_snapshot_seq
);
