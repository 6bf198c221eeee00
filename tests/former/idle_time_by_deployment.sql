-- idle_time_by_deployment as it was when it compared every stay of every room, to answer the same.
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
-- The table of ends. A process without an end is gone when a list proves it, runs on if it was seen
-- lately, and else was lost from sight: an orphan. The LIMIT keeps all rows; because of it SQLite
-- works each column out once, and does not repeat its text wherever the column is named.
billed_span AS NOT MATERIALIZED (
  SELECT
    known.process_key AS process_key,
    CASE
      WHEN known.end_ms IS NOT NULL OR known.rule = 'starting' THEN known.rule
      WHEN known.gone_by_ms IS NOT NULL THEN 'gone'
      WHEN :as_of_ms - known.last_seen_ms <= :grace_ms THEN 'running'
      ELSE 'orphan'
    END AS rule,
    known.start_ms AS start_ms,
    CASE
      WHEN known.end_ms IS NOT NULL THEN known.end_ms
      WHEN known.rule = 'starting' THEN known.last_seen_ms
      WHEN (known.gone_by_ms - known.last_seen_ms) / 2 > :grace_ms
        THEN known.last_seen_ms + :grace_ms
      WHEN known.gone_by_ms IS NOT NULL
        THEN known.last_seen_ms + (known.gone_by_ms - known.last_seen_ms) / 2
      WHEN :as_of_ms - known.last_seen_ms <= :grace_ms THEN :as_of_ms
      ELSE known.last_seen_ms
    END AS end_ms,
    known.end_lo_ms AS end_lo_ms,
    CASE
      WHEN known.end_ms IS NOT NULL THEN known.end_ms
      WHEN known.gone_by_ms IS NOT NULL THEN known.gone_by_ms
      WHEN known.rule <> 'starting' AND :as_of_ms - known.last_seen_ms <= :grace_ms
        THEN :as_of_ms
      WHEN known.start_ms + :max_lifespan_ms > known.last_seen_ms
        THEN known.start_ms + :max_lifespan_ms
      ELSE known.last_seen_ms
    END AS end_hi_ms
  FROM (
    SELECT
      process_key,
      rule,
      start_ms,
      end_ms,
      end_lo_ms,
      last_seen_ms,
      CASE
        WHEN gone_ms IS NULL OR :trust_absence = 0 THEN NULL
        WHEN gone_ms <= start_ms + :max_lifespan_ms THEN gone_ms
        WHEN start_ms + :max_lifespan_ms > last_seen_ms THEN start_ms + :max_lifespan_ms
        ELSE last_seen_ms
      END AS gone_by_ms
    FROM billable_span
  ) AS known
  LIMIT 9223372036854775807
),
-- The billable time (the point) of those that have any in a period, and what of it lies there.
billed_stretch AS NOT MATERIALIZED (
  SELECT process_key, rule, start_ms, end_ms, end_hi_ms, from_ms, to_ms
  FROM (
    SELECT
      billed_span.process_key AS process_key,
      billed_span.rule AS rule,
      billed_span.start_ms AS start_ms,
      billed_span.end_ms AS end_ms,
      billed_span.end_hi_ms AS end_hi_ms,
      CASE
        WHEN billed_span.start_ms < period.from_ms THEN period.from_ms
        ELSE billed_span.start_ms
      END AS from_ms,
      CASE WHEN billed_span.end_ms < period.to_ms THEN billed_span.end_ms ELSE period.to_ms END
        AS to_ms
    FROM billed_span
    CROSS JOIN period
  ) AS clipped
  WHERE from_ms < to_ms
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
billable AS MATERIALIZED (
  SELECT process_key, from_ms AS start_ms, to_ms AS end_ms
  FROM billed_stretch
),
occupied AS (
  SELECT
    billable.process_key AS process_key,
    CASE WHEN stay.start_ms > billable.start_ms THEN stay.start_ms ELSE billable.start_ms END
      AS start_ms,
    CASE WHEN stay.end_ms < billable.end_ms THEN stay.end_ms ELSE billable.end_ms END AS end_ms
  FROM stay
  JOIN billable ON billable.process_key = stay.process_key
  WHERE stay.start_ms < billable.end_ms
    AND stay.end_ms > billable.start_ms
    AND stay.start_ms < stay.end_ms
),
-- Stays of different rooms overlap; each adds only what those before it left out.
added AS (
  SELECT
    follower.process_key AS process_key,
    CASE
      WHEN follower.covered_until_ms IS NULL OR follower.covered_until_ms <= follower.start_ms
        THEN follower.end_ms - follower.start_ms
      WHEN follower.covered_until_ms < follower.end_ms
        THEN follower.end_ms - follower.covered_until_ms
      ELSE 0
    END AS added_ms
  FROM (
    SELECT
      process_key,
      start_ms,
      end_ms,
      max(end_ms) OVER (
        PARTITION BY process_key
        ORDER BY start_ms, end_ms
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
      ) AS covered_until_ms
    FROM occupied
  ) AS follower
),
busy AS (
  SELECT process_key, sum(added_ms) AS busy_ms
  FROM added
  GROUP BY process_key
),
listed AS (
  SELECT process_key FROM allocation_stay WHERE process_key IS NOT NULL
  UNION
  SELECT process_key FROM listed_stay
  UNION
  SELECT process_key
  FROM process_activity
  GROUP BY process_key
  HAVING count(room_set_no) > 0 OR max(rooms_allocated) = 0
),
process_use AS MATERIALIZED (
  SELECT
    meter.app_key AS app_key,
    meter.deployment_key AS deployment_key,
    billable.end_ms - billable.start_ms AS billable_ms,
    billable.end_ms - billable.start_ms - coalesce(busy.busy_ms, 0) AS idle_ms,
    CASE WHEN listed.process_key IS NULL THEN 0 ELSE 1 END AS is_listed
  FROM billable
  JOIN process_meter AS meter ON meter.process_key = billable.process_key
  LEFT JOIN busy ON busy.process_key = billable.process_key
  LEFT JOIN listed ON listed.process_key = billable.process_key
),
group_use AS (
  SELECT
    app_key,
    deployment_key,
    sum(is_listed) AS processes,
    sum(CASE is_listed WHEN 1 THEN billable_ms ELSE 0 END) AS billable_ms,
    sum(CASE is_listed WHEN 1 THEN idle_ms ELSE 0 END) AS idle_ms,
    sum(1 - is_listed) AS unlisted_processes
  FROM process_use
  GROUP BY app_key, deployment_key
)
SELECT
  coalesce(app.label, '') AS app_id,
  coalesce(deployment.label, '') AS deployment_id,
  sum(group_use.processes) AS processes,
  sum(group_use.billable_ms) AS billable_ms,
  sum(group_use.idle_ms) AS idle_ms,
  sum(group_use.unlisted_processes) AS unlisted_processes
FROM group_use
LEFT JOIN label AS app ON app.label_key = group_use.app_key
LEFT JOIN label AS deployment ON deployment.label_key = group_use.deployment_key
GROUP BY coalesce(app.label, ''), coalesce(deployment.label, '')
ORDER BY idle_ms DESC, app_id, deployment_id;
