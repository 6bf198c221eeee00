-- list_all_stays: stays of rooms, and what of them lies in a window, also where no process is known.
--
-- in   :from_ms  INTEGER
-- in   :to_ms  INTEGER
-- in   :as_of_ms  INTEGER
-- in   :grace_ms  INTEGER  a room seen this recently before the as-of is still there
-- out  process_id  TEXT  '' when nobody said which
-- out  room_id  TEXT
-- out  start_ms  INTEGER
-- out  end_ms  INTEGER
-- rows by process_id, room_id, start_ms and end_ms
WITH
-- part: period,
-- part: clipped_stay
SELECT
  coalesce(process.process_id, '') AS process_id,
  room.room_id AS room_id,
  stay.start_ms AS start_ms,
  stay.end_ms AS end_ms
FROM clipped_stay AS stay
JOIN room ON room.room_key = stay.room_key
LEFT JOIN process ON process.process_key = stay.process_key
ORDER BY coalesce(process.process_id, ''), room.room_id, stay.start_ms, stay.end_ms;
