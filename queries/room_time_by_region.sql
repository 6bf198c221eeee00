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
-- Reads the one fact and the one allocation of every room, and no observation of a process.
WITH
-- part: period,
-- part: clipped_stay,
-- part: added_stay,
-- A room that has one stay counts where it was; the others are counted below.
process_stay AS (
  SELECT process_key, sum(alone_rooms) AS alone_rooms, sum(room_ms) AS room_ms
  FROM (
    SELECT process_key, 1 AS alone_rooms, end_ms - start_ms AS room_ms FROM alone_stay
    UNION ALL
    SELECT process_key, 0 AS alone_rooms, end_ms - start_ms AS room_ms FROM added_stay
  ) AS stay
  GROUP BY process_key
),
region_stay AS (
  SELECT
    coalesce(region.label, '') AS region,
    sum(process_stay.alone_rooms) AS alone_rooms,
    count(process_stay.process_key) AS processes,
    sum(process_stay.room_ms) AS room_ms
  FROM process_stay
  LEFT JOIN process_meter AS meter ON meter.process_key = process_stay.process_key
  LEFT JOIN label AS region ON region.label_key = meter.region_key
  GROUP BY coalesce(region.label, '')
),
several_of_region AS (
  SELECT coalesce(region.label, '') AS region, count(DISTINCT added_stay.room_key) AS rooms
  FROM added_stay
  LEFT JOIN process_meter AS meter ON meter.process_key = added_stay.process_key
  LEFT JOIN label AS region ON region.label_key = meter.region_key
  GROUP BY coalesce(region.label, '')
)
SELECT
  region_stay.region AS region,
  region_stay.alone_rooms + coalesce(several_of_region.rooms, 0) AS rooms,
  region_stay.processes AS processes,
  region_stay.room_ms AS room_ms
FROM region_stay
LEFT JOIN several_of_region ON several_of_region.region = region_stay.region
ORDER BY region;
