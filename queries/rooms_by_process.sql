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
-- Stays are those of room_time_by_region. most_rooms_at_once follows them along: the changes at one
-- instant are added up first, so that a room that replaces another makes no two. More at once than
-- allowed means stays whose end was told late or not at all.
--
-- Reads every stay of every room, and no observation of a process.
WITH
-- part: period,
-- part: added_stay,
change AS (
  SELECT process_key, start_ms AS at_ms, 1 AS step FROM clipped_stay
  UNION ALL
  SELECT process_key, end_ms AS at_ms, -1 AS step FROM clipped_stay
),
instant AS (
  SELECT process_key, at_ms, sum(step) AS steps
  FROM change
  GROUP BY process_key, at_ms
),
level AS (
  SELECT
    process_key,
    sum(steps) OVER (PARTITION BY process_key ORDER BY at_ms) AS rooms
  FROM instant
),
peak AS (
  SELECT process_key, max(rooms) AS rooms
  FROM level
  GROUP BY process_key
),
hosted AS (
  SELECT process_key, count(DISTINCT room_key) AS rooms, sum(added_ms) AS room_ms
  FROM added_stay
  GROUP BY process_key
)
SELECT
  process.process_id AS process_id,
  -- part: place_columns,
  owner.rooms_per_process AS rooms_per_process,
  hosted.rooms AS rooms,
  peak.rooms AS most_rooms_at_once,
  hosted.room_ms AS room_ms
FROM hosted
JOIN peak ON peak.process_key = hosted.process_key
JOIN process ON process.process_key = hosted.process_key
LEFT JOIN process_attribute AS owner
  ON owner.process_key = process.process_key
  AND owner.attribute_no = process.latest_attribute_no
-- part: place_labels
ORDER BY hosted.rooms DESC, process.process_id;
