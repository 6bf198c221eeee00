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
  coalesce(process.region, '') AS region,
  count(DISTINCT stay.room_id) AS rooms,
  count(DISTINCT CASE WHEN stay.process_id <> '' THEN stay.process_id END) AS processes,
  SUM(
    CASE WHEN stay.to_ms < :to_ms THEN stay.to_ms ELSE :to_ms END
    - CASE WHEN stay.from_ms > :from_ms THEN stay.from_ms ELSE :from_ms END
  ) AS room_ms
FROM room_stay AS stay
LEFT JOIN process ON process.process_id = stay.process_id
WHERE stay.from_ms < :to_ms AND stay.to_ms > :from_ms
GROUP BY coalesce(process.region, '')
ORDER BY region;
