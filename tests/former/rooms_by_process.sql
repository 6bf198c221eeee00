-- rooms_by_process as it was when it compared every stay of every room, to answer the same.
WITH
-- The window of the question. It never ends after the as-of, for nothing later is answered.
period AS (
  SELECT
    0 AS period_no,
    asked.from_ms AS from_ms,
    asked.to_ms AS to_ms
  FROM (
    SELECT
      CAST(:from_ms AS BIGINT) AS from_ms,
      CASE
        WHEN :to_ms < :as_of_ms THEN CAST(:to_ms AS BIGINT)
        ELSE CAST(:as_of_ms AS BIGINT)
      END AS to_ms
  ) AS asked
  WHERE asked.from_ms < asked.to_ms
),
-- What was said of an allocation, and when: as a room's current one, or in a list of them.
allocation_said AS (
  SELECT
    named.room_key AS room_key,
    named.allocation_no AS allocation_no,
    named.room_allocation_id AS room_allocation_id,
    named.process_key AS process_key,
    named.scheduled_at_ms AS scheduled_at_ms,
    named.unscheduled_at_ms AS unscheduled_at_ms,
    earliest.observed_at_ms AS first_seen_ms,
    latest.observed_at_ms AS last_seen_ms,
    fact.last_snapshot_seq AS last_snapshot_seq
  FROM room_fact AS fact
  JOIN snapshot AS earliest ON earliest.snapshot_seq = fact.first_snapshot_seq
  JOIN snapshot AS latest ON latest.snapshot_seq = fact.last_snapshot_seq
  JOIN room_allocation AS named
    ON named.room_key = fact.room_key AND named.allocation_no = fact.allocation_no
  UNION ALL
  SELECT
    named.room_key,
    named.allocation_no,
    named.room_allocation_id,
    named.process_key,
    named.scheduled_at_ms,
    named.unscheduled_at_ms,
    snapshot.observed_at_ms,
    snapshot.observed_at_ms,
    listed.snapshot_seq
  FROM room_observation_allocation AS listed
  JOIN snapshot ON snapshot.snapshot_seq = listed.snapshot_seq
  JOIN room_allocation AS named
    ON named.room_key = listed.room_key AND named.allocation_no = listed.allocation_no
),
-- Several things may have been said of one allocation: the last one counts, place 1.
allocation_stay AS (
  SELECT room_key, process_key, scheduled_at_ms, unscheduled_at_ms, first_seen_ms, last_seen_ms
  FROM (
    SELECT
      room_key,
      process_key,
      scheduled_at_ms,
      unscheduled_at_ms,
      min(first_seen_ms) OVER one_allocation AS first_seen_ms,
      last_seen_ms,
      row_number() OVER (
        one_allocation ORDER BY last_seen_ms DESC, last_snapshot_seq DESC, allocation_no DESC
      ) AS place
    FROM allocation_said
    WINDOW one_allocation AS (PARTITION BY room_key, room_allocation_id, process_key)
  ) AS placed
  WHERE place = 1
),
-- The rooms of each list of a process that have no allocation to that process.
unplaced_room AS MATERIALIZED (
  SELECT DISTINCT
    listed.process_key AS process_key,
    listed.room_set_no AS room_set_no,
    listed.room_key AS room_key
  FROM process_room AS listed
  WHERE listed.is_unplaced = 1
),
-- When a process was seen with such a list.
list_span AS (
  SELECT
    observation.process_key AS process_key,
    activity.room_set_no AS room_set_no,
    min(snapshot.observed_at_ms) AS first_seen_ms,
    max(snapshot.observed_at_ms) AS last_seen_ms
  FROM (SELECT DISTINCT process_key FROM unplaced_room) AS lister
  CROSS JOIN observation
  CROSS JOIN process_activity AS activity
  CROSS JOIN snapshot
  WHERE observation.process_key = lister.process_key
    AND activity.process_key = observation.process_key
    AND activity.activity_no = observation.activity_no
    AND activity.room_set_no > 0
    AND snapshot.snapshot_seq = observation.snapshot_seq
  GROUP BY observation.process_key, activity.room_set_no
),
listed_stay AS (
  SELECT
    unplaced_room.room_key AS room_key,
    unplaced_room.process_key AS process_key,
    min(list_span.first_seen_ms) AS first_seen_ms,
    max(list_span.last_seen_ms) AS last_seen_ms
  FROM unplaced_room
  JOIN list_span
    ON list_span.process_key = unplaced_room.process_key
    AND list_span.room_set_no = unplaced_room.room_set_no
  GROUP BY unplaced_room.room_key, unplaced_room.process_key
),
-- A stay without an end lasts as long as it was seen; one seen lately, to the as-of.
stay AS (
  SELECT
    known.room_key AS room_key,
    process.process_key AS process_key,
    process.latest_attribute_no AS attribute_no,
    coalesce(known.scheduled_at_ms, known.first_seen_ms) AS start_ms,
    CASE
      WHEN known.unscheduled_at_ms IS NOT NULL THEN known.unscheduled_at_ms
      WHEN process.terminated_at_ms < known.last_seen_ms THEN process.terminated_at_ms
      WHEN process.terminated_at_ms IS NULL
        AND :as_of_ms - known.last_seen_ms <= :grace_ms THEN :as_of_ms
      ELSE known.last_seen_ms
    END AS end_ms
  FROM (
    SELECT room_key, process_key, scheduled_at_ms, unscheduled_at_ms, first_seen_ms, last_seen_ms
    FROM allocation_stay
    UNION ALL
    SELECT room_key, process_key, NULL, NULL, first_seen_ms, last_seen_ms
    FROM listed_stay
  ) AS known
  LEFT JOIN process ON process.process_key = known.process_key
),
-- What of a stay lies in the period; a stay that ends before it starts has nothing there.
clipped_stay AS (
  SELECT
    stay.room_key AS room_key,
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
    follower.room_key AS room_key,
    follower.process_key AS process_key,
    follower.attribute_no AS attribute_no,
    follower.end_ms AS end_ms,
    CASE
      WHEN follower.covered_until_ms IS NULL OR follower.covered_until_ms <= follower.start_ms
        THEN follower.end_ms - follower.start_ms
      WHEN follower.covered_until_ms < follower.end_ms
        THEN follower.end_ms - follower.covered_until_ms
      ELSE 0
    END AS added_ms
  FROM (
    SELECT
      room_key,
      process_key,
      attribute_no,
      start_ms,
      end_ms,
      max(end_ms) OVER (
        PARTITION BY process_key, room_key
        ORDER BY start_ms, end_ms, attribute_no
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
      ) AS covered_until_ms
    FROM clipped_stay
  ) AS follower
),
change AS (
  SELECT process_key, end_ms - added_ms AS at_ms, 1 AS step FROM added_stay WHERE added_ms > 0
  UNION ALL
  SELECT process_key, end_ms AS at_ms, -1 AS step FROM added_stay WHERE added_ms > 0
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
  coalesce(app.label, '') AS app_id,
  coalesce(deployment.label, '') AS deployment_id,
  coalesce(region.label, '') AS region,
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
LEFT JOIN label AS app ON app.label_key = owner.app_key
LEFT JOIN label AS deployment ON deployment.label_key = owner.deployment_key
LEFT JOIN label AS region ON region.label_key = owner.region_key
ORDER BY hosted.rooms DESC, process.process_id;
