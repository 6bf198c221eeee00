-- last_activity_no: the numbers of the newest activity and list of rooms of one process.
--
-- in   :process_key  INTEGER
-- out  activity_no  INTEGER  -1 when there is none
-- out  room_set_no  INTEGER  0 when there is none
SELECT
  coalesce(
    (SELECT max(activity_no) FROM process_activity WHERE process_key = :process_key), -1
  ) AS activity_no,
  coalesce(
    (SELECT max(room_set_no) FROM process_room WHERE process_key = :process_key), 0
  ) AS room_set_no;
