-- list_stays: stays of rooms on processes, and what of them lies in a window.
--
-- in   :from_ms  INTEGER
-- in   :to_ms  INTEGER
-- in   :as_of_ms  INTEGER
-- in   :grace_ms  INTEGER  a room seen this recently before the as-of is still there
-- out  process_key  INTEGER
-- out  room_id  TEXT
-- out  start_ms  INTEGER
-- out  end_ms  INTEGER
-- rows by process_key, room_id, start_ms and end_ms
WITH
-- part: period,
-- part: clipped_stay
SELECT
  stay.process_key AS process_key,
  room.room_id AS room_id,
  stay.start_ms AS start_ms,
  stay.end_ms AS end_ms
FROM clipped_stay AS stay
JOIN room ON room.room_key = stay.room_key
WHERE stay.process_key IS NOT NULL
ORDER BY stay.process_key, room.room_id, stay.start_ms, stay.end_ms;
