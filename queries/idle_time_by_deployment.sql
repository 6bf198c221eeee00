-- idle_time_by_deployment: billable time in which a process held no room.
--
-- in   :from_ms  INTEGER  unix ms, inclusive
-- in   :to_ms  INTEGER  unix ms, exclusive
-- in   :as_of_ms  INTEGER  unix ms; nothing later is answered
-- in   :grace_ms  INTEGER  a process seen this recently before the as-of still runs
-- in   :max_lifespan_ms  INTEGER  no process lives longer
-- in   :trust_absence  INTEGER  1: a process is gone when a running list ought to hold it
-- out  app_id  TEXT  '' when unknown
-- out  deployment_id  TEXT  '' when unknown; told apart within its app only
-- out  processes  INTEGER  billable in the window, and known to hold rooms or none
-- out  billable_ms  INTEGER  of those
-- out  idle_ms  INTEGER  of that, the time without a room
-- out  unlisted_processes  INTEGER  billable too, but nothing tells of their rooms: left out
-- rows one per app and deployment, most idle time first; of equals by app and deployment
--
-- Billable time is that of billing_by_process (the point) and stays are those of
-- room_time_by_region, laid over each other per process. A stay that nobody saw the end of counts
-- until it was last seen, so idle_ms is then at most so long.
--
-- Rooms of a process are known when a stay of it is, or a list of its rooms, empty or not, or when
-- it never said that it had one allocated.
--
-- Reads the one fact and the one allocation of every room, the activity of the processes in the
-- window, and no observation.
WITH RECURSIVE
-- part: period,
-- part: longest_life,
-- part: extent,
-- part: asked,
-- part: present,
-- part: billed_stretch,
-- part: clipped_stay,
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
  FROM clipped_stay AS stay
  CROSS JOIN billable
  WHERE billable.process_key = stay.process_key
    AND stay.start_ms < billable.end_ms
    AND stay.end_ms > billable.start_ms
),
-- Stays of different rooms overlap; each adds only what those before it left out.
added AS (
  SELECT
    follower.process_key AS process_key,
    -- part: added_start,
    follower.end_ms AS end_ms
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
  WHERE follower.covered_until_ms IS NULL OR follower.covered_until_ms < follower.end_ms
),
busy AS (
  SELECT process_key, sum(end_ms - start_ms) AS busy_ms
  FROM added
  GROUP BY process_key
),
process_use AS MATERIALIZED (
  SELECT
    meter.app_key AS app_key,
    meter.deployment_key AS deployment_key,
    teller.end_ms - teller.start_ms AS billable_ms,
    teller.end_ms - teller.start_ms - coalesce(busy.busy_ms, 0) AS idle_ms,
    -- part: tells_of_rooms
    AS is_listed
  FROM billable AS teller
  CROSS JOIN process_meter AS meter
  LEFT JOIN busy ON busy.process_key = teller.process_key
  WHERE meter.process_key = teller.process_key
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
