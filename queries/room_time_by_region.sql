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
)
SELECT
  coalesce(region.label, '') AS region,
  count(DISTINCT added_stay.room_id) AS rooms,
  count(DISTINCT added_stay.process_key) AS processes,
  sum(added_stay.room_ms) AS room_ms
FROM added_stay
LEFT JOIN process_attribute AS attribute
  ON attribute.process_key = added_stay.process_key
  AND attribute.attribute_no = added_stay.attribute_no
LEFT JOIN label AS region ON region.label_key = attribute.region_key
GROUP BY coalesce(region.label, '')
ORDER BY region;
