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
WITH period AS (
  SELECT 0 AS period_no, from_ms, to_ms
  FROM (
    SELECT
      :from_ms AS from_ms,
      CASE WHEN :to_ms < :as_of_ms THEN :to_ms ELSE :as_of_ms END AS to_ms
  )
  WHERE from_ms < to_ms
),
-- A stay without an end lasts as long as it was seen; one seen lately, to the as-of.
stay AS (
  SELECT
    room_on_process.room_id AS room_id,
    process.process_key AS process_key,
    process.latest_attribute_no AS attribute_no,
    coalesce(room_on_process.scheduled_at_ms, room_on_process.first_seen_ms) AS start_ms,
    CASE
      WHEN room_on_process.unscheduled_at_ms IS NOT NULL THEN room_on_process.unscheduled_at_ms
      WHEN process.terminated_at_ms < room_on_process.last_seen_ms THEN process.terminated_at_ms
      WHEN process.terminated_at_ms IS NULL
        AND :as_of_ms - room_on_process.last_seen_ms <= :grace_ms THEN :as_of_ms
      ELSE room_on_process.last_seen_ms
    END AS end_ms
  FROM room_on_process
  LEFT JOIN process ON process.process_id = room_on_process.process_id
),
clipped_stay AS (
  SELECT
    stay.room_id AS room_id,
    stay.process_key AS process_key,
    stay.attribute_no AS attribute_no,
    CASE WHEN stay.start_ms > period.from_ms THEN stay.start_ms ELSE period.from_ms END
      AS start_ms,
    CASE WHEN stay.end_ms < period.to_ms THEN stay.end_ms ELSE period.to_ms END AS end_ms
  FROM period
  JOIN stay
    ON stay.start_ms < period.to_ms
    AND stay.end_ms > period.from_ms
    AND stay.start_ms < stay.end_ms
),
-- Stays of one room on one process may overlap; each adds only what those before it left out.
added_stay AS (
  SELECT
    room_id,
    process_key,
    attribute_no,
    CASE
      WHEN covered_until_ms IS NULL OR covered_until_ms <= start_ms THEN end_ms - start_ms
      WHEN covered_until_ms < end_ms THEN end_ms - covered_until_ms
      ELSE 0
    END AS room_ms
  FROM (
    SELECT
      room_id, process_key, attribute_no, start_ms, end_ms,
      max(end_ms) OVER (
        PARTITION BY process_key, room_id
        ORDER BY start_ms, end_ms, attribute_no
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
      ) AS covered_until_ms
    FROM clipped_stay
  )
),
change AS (
  SELECT process_key, start_ms AS at_ms, 1 AS step FROM clipped_stay
  UNION ALL
  SELECT process_key, end_ms AS at_ms, -1 AS step FROM clipped_stay
),
instant AS (
  SELECT process_key, at_ms, sum(step) AS step
  FROM change
  GROUP BY process_key, at_ms
),
level AS (
  SELECT
    process_key,
    sum(step) OVER (PARTITION BY process_key ORDER BY at_ms) AS rooms
  FROM instant
),
peak AS (
  SELECT process_key, max(rooms) AS rooms
  FROM level
  GROUP BY process_key
),
hosted AS (
  SELECT process_key, count(DISTINCT room_id) AS rooms, sum(room_ms) AS room_ms
  FROM added_stay
  GROUP BY process_key
)
SELECT
  process.process_id AS process_id,
  coalesce(app.label, '') AS app_id,
  coalesce(deployment.label, '') AS deployment_id,
  coalesce(region.label, '') AS region,
  attribute.rooms_per_process AS rooms_per_process,
  hosted.rooms AS rooms,
  peak.rooms AS most_rooms_at_once,
  hosted.room_ms AS room_ms
FROM hosted
JOIN peak ON peak.process_key = hosted.process_key
JOIN process ON process.process_key = hosted.process_key
LEFT JOIN process_attribute AS attribute
  ON attribute.process_key = process.process_key
  AND attribute.attribute_no = process.latest_attribute_no
LEFT JOIN label AS app ON app.label_key = attribute.app_key
LEFT JOIN label AS deployment ON deployment.label_key = attribute.deployment_key
LEFT JOIN label AS region ON region.label_key = attribute.region_key
ORDER BY hosted.rooms DESC, process.process_id;
