-- room_time_by_region: how long rooms stood on processes of each region in a window.
--
-- in   :from_ms  INTEGER  unix ms, inclusive
-- in   :to_ms  INTEGER  unix ms, exclusive
-- in   :as_of_ms  INTEGER  unix ms; nothing later is answered
-- in   :grace_ms  INTEGER  a room seen this recently before the as-of is still there
-- out  region  TEXT  '' when unknown, or when the process was never observed
-- out  rooms  INTEGER
-- out  processes  INTEGER  that had a room; those never observed count with their rooms
-- out  room_ms  INTEGER  each room's time on each process, added up: by 3600000 room-hours
-- rows one per region with a room, by name
--
-- A room is on a process from when it was scheduled there (else first seen there) until it was
-- unscheduled. Most archives never say the latter, so room_ms is then at least so long: the room
-- was gone some time before the next poll. Two stays of one room on one process that overlap, or
-- one that was told twice, count once.
--
-- Reads every stay of every room, and no observation of a process.
WITH
-- part: period,
-- part: added_stay
SELECT
  coalesce(region.label, '') AS region,
  count(DISTINCT added_stay.room_key) AS rooms,
  count(DISTINCT added_stay.process_key) AS processes,
  sum(added_stay.added_ms) AS room_ms
FROM added_stay
LEFT JOIN process_attribute AS attribute
  ON attribute.process_key = added_stay.process_key
  AND attribute.attribute_no = added_stay.attribute_no
LEFT JOIN label AS region ON region.label_key = attribute.region_key
GROUP BY coalesce(region.label, '')
ORDER BY region;
