-- room_time_by_region: how long rooms stood on processes of each region in a window.
--
-- in   :from_ms  INTEGER  unix ms, inclusive
-- in   :to_ms  INTEGER  unix ms, exclusive
-- out  region  TEXT  '' when unknown, or when the process was never observed
-- out  rooms  INTEGER
-- out  processes  INTEGER  that had a room
-- out  room_ms  INTEGER  each room's time on each process, added up
-- rows one per region with a room, by name
--
-- What the named query of this name says, of any window: stays are known to the millisecond.
SELECT
  of_process.region AS region,
  of_room.rooms AS rooms,
  of_process.processes AS processes,
  of_process.room_ms AS room_ms
FROM (
  SELECT
    one.region AS region,
    SUM(CASE WHEN one.process_id <> '' THEN 1 ELSE 0 END) AS processes,
    SUM(one.room_ms) AS room_ms
  FROM (
    SELECT
      coalesce(process.region, '') AS region,
      stay.process_id AS process_id,
      SUM(
        CASE WHEN stay.to_ms < :to_ms THEN stay.to_ms ELSE :to_ms END
        - CASE WHEN stay.from_ms > :from_ms THEN stay.from_ms ELSE :from_ms END
      ) AS room_ms
    FROM room_stay AS stay
    LEFT JOIN process ON process.process_id = stay.process_id
    WHERE stay.from_ms < :to_ms AND stay.to_ms > :from_ms
    GROUP BY coalesce(process.region, ''), stay.process_id
  ) AS one
  GROUP BY one.region
) AS of_process
JOIN (
  SELECT one.region AS region, SUM(one.is_there) AS rooms
  FROM (
    SELECT
      coalesce(process.region, '') AS region,
      stay.room_id AS room_id,
      MAX(1) AS is_there
    FROM room_stay AS stay
    LEFT JOIN process ON process.process_id = stay.process_id
    WHERE stay.from_ms < :to_ms AND stay.to_ms > :from_ms
    GROUP BY coalesce(process.region, ''), stay.room_id
  ) AS one
  GROUP BY one.region
) AS of_room ON of_room.region = of_process.region
ORDER BY region;
