-- rooms_by_process: how many rooms each process held in a window, for how long, and what it allows.
--
-- in   :from_ms  INTEGER  unix ms, inclusive
-- in   :to_ms  INTEGER  unix ms, exclusive
-- in   :as_of_ms  INTEGER  unix ms; nothing later is answered
-- in   :grace_ms  INTEGER  a room seen this recently before the as-of is still there
-- out  process_id  TEXT
-- out  app_id  TEXT  '' when unknown
-- out  deployment_id  TEXT  '' when unknown
-- out  region  TEXT  '' when unknown
-- out  rooms_per_process  INTEGER  as many as it allows at once; NULL when unknown
-- out  rooms  INTEGER  different rooms in the window
-- out  most_rooms_at_once  INTEGER
-- out  room_ms  INTEGER  each room's time, added up
-- rows one per process with a room in the window, most rooms first; of equals by id
--
-- Stays are those of room_time_by_region. most_rooms_at_once follows them along: a room counts once
-- while two stays of it overlap, and the changes at one instant are added up first, so that a room
-- that replaces another makes no two. More at once than allowed means stays whose end was told late
-- or not at all.
--
-- Reads the one fact and the one allocation of every room, and no observation of a process.
WITH
-- part: period,
-- part: clipped_stay,
-- part: added_stay,
-- One SELECT for starts and ends, so that no stay is looked for twice.
change AS (
  SELECT
    stay.process_key AS process_key,
    CASE side.step WHEN 1 THEN stay.start_ms ELSE stay.end_ms END AS at_ms,
    side.step AS step,
    stay.is_alone AS alone_rooms,
    stay.is_alone * (stay.end_ms - stay.start_ms) AS alone_ms
  FROM (
    SELECT process_key, 1 AS is_alone, start_ms, end_ms FROM alone_stay
    UNION ALL
    SELECT process_key, 0 AS is_alone, start_ms, end_ms FROM added_stay
  ) AS stay
  CROSS JOIN (SELECT 1 AS step UNION ALL SELECT -1 AS step) AS side
),
level AS (
  SELECT
    process_key,
    step,
    alone_rooms,
    alone_ms,
    sum(step) OVER (PARTITION BY process_key ORDER BY at_ms) AS rooms
  FROM change
),
-- There are most after a start.
hosted AS (
  SELECT
    process_key,
    max(rooms) AS most_rooms_at_once,
    sum(alone_rooms) AS alone_rooms,
    sum(alone_ms) AS alone_ms
  FROM level
  WHERE step = 1
  GROUP BY process_key
),
several_of_process AS (
  SELECT process_key, count(DISTINCT room_key) AS rooms, sum(end_ms - start_ms) AS room_ms
  FROM added_stay
  GROUP BY process_key
)
SELECT
  process.process_id AS process_id,
  -- part: place_columns,
  owner.rooms_per_process AS rooms_per_process,
  hosted.alone_rooms + coalesce(several_of_process.rooms, 0) AS rooms,
  hosted.most_rooms_at_once AS most_rooms_at_once,
  hosted.alone_ms + coalesce(several_of_process.room_ms, 0) AS room_ms
FROM hosted
JOIN process ON process.process_key = hosted.process_key
LEFT JOIN several_of_process ON several_of_process.process_key = hosted.process_key
LEFT JOIN process_attribute AS owner
  ON owner.process_key = process.process_key
  AND owner.attribute_no = process.latest_attribute_no
-- part: place_labels
ORDER BY rooms DESC, process.process_id;
