-- 0014: a filter of a view by time or region is answered by an index, and a question of the latest
-- state of processes reads no more than it names. Rooms of which several things were said are found
-- without reading those of which one was.
CREATE INDEX process_by_first_seen ON process (first_seen_ms);
CREATE INDEX process_meter_by_region ON process_meter (region_key);
CREATE INDEX room_fact_again ON room_fact (room_key) WHERE room_fact_no > 0;
CREATE INDEX room_allocation_again ON room_allocation (room_key) WHERE allocation_no > 0;

DROP VIEW observation_view;
DROP VIEW process_billing;
DROP VIEW process_latest;

-- One row is one observation of one process's counter, as it came.
--
-- Observations are clustered by process. Those of a span of time are found by the processes that
-- were there at its snapshots, from process_meter. `extent` has a row for each extent, and by how
-- much less than its second column a process of that extent began before it was last seen. Both
-- conditions on the extent say the same. The plus keeps SQLite from going to the processes of an
-- extent by the first one, and the 0 makes it know the snapshot before it does so by the second.
CREATE VIEW observation_view AS
SELECT
  process.process_id AS process_id,
  snapshot.observed_at_ms AS observed_at_ms,
  observation.egressed_bytes AS egressed_bytes,
  observation.snapshot_seq AS snapshot_seq
FROM observation
JOIN process ON process.process_key = observation.process_key
JOIN snapshot ON snapshot.snapshot_seq = observation.snapshot_seq
JOIN process_meter AS meter
  ON meter.process_key = observation.process_key
  AND meter.from_ms <= snapshot.observed_at_ms
JOIN (
  VALUES
    (0, 65536), (1, 131072), (2, 262144), (3, 524288), (4, 1048576), (5, 2097152), (6, 4194304),
    (7, 8388608), (8, 16777216), (9, 33554432), (10, 67108864), (11, 134217728), (12,
    268435456), (13, 536870912), (14, 1073741824), (15, 2147483648), (16, 4294967296), (17,
    8589934592), (18, 17179869184), (19, 34359738368), (20, 68719476736), (21, 137438953472),
    (22, 274877906944), (23, 549755813888), (24, 1099511627776), (25, 2199023255552), (26,
    4398046511104), (27, 8796093022208), (28, 17592186044416), (29, 35184372088832), (30,
    70368744177664), (31, 140737488355328), (32, 281474976710656), (33, 562949953421312), (34,
    1125899906842624), (35, 2251799813685248), (36, 4503599627370496), (37, 9007199254740992),
    (38, 18014398509481984), (39, 36028797018963968), (40, 72057594037927936)
) AS extent
  ON extent.column1 = +meter.extent
  AND meter.extent = extent.column1 + snapshot.observed_at_ms * 0
  AND meter.from_ms > snapshot.observed_at_ms - extent.column2;

-- One row is an observed process and its billable time over its whole life, with lower and upper
-- bound, as the command `billing` says it when nothing but the default is asked for: up to the last
-- observation, a grace of 15 minutes, a longest life of 72 hours, running lists trusted. Sum it over
-- any group. A process that has nothing to bill has NULL for its begin and ends.
CREATE VIEW process_billing AS
SELECT
  ended.process_id AS process_id,
  coalesce(app.label, '') AS app_id,
  coalesce(deployment.label, '') AS deployment_id,
  coalesce(region.label, '') AS region,
  ended.rule AS rule,  -- complete, inverted, never_started, starting, no_stop_order, gone, ...
  ended.start_ms AS start_ms,
  ended.until_ms AS end_ms,
  ended.until_lo_ms AS end_lo_ms,  -- it had not ended before
  ended.until_hi_ms AS end_hi_ms,  -- it had ended by then
  coalesce(ended.until_ms - ended.start_ms, 0) AS billable_ms,
  coalesce(ended.until_lo_ms - ended.start_ms, 0) AS billable_ms_lo,
  coalesce(ended.until_hi_ms - ended.start_ms, 0) AS billable_ms_hi
FROM (
  SELECT
    process_id, process_key, rule, start_ms,
    CASE
      WHEN end_ms > as_of_ms AND as_of_ms < start_ms THEN start_ms
      WHEN end_ms > as_of_ms THEN as_of_ms
      WHEN end_ms < start_ms THEN start_ms
      ELSE end_ms
    END AS until_ms,
    CASE
      WHEN end_lo_ms > as_of_ms AND as_of_ms < start_ms THEN start_ms
      WHEN end_lo_ms > as_of_ms THEN as_of_ms
      WHEN end_lo_ms < start_ms THEN start_ms
      ELSE end_lo_ms
    END AS until_lo_ms,
    CASE
      WHEN end_hi_ms > as_of_ms AND as_of_ms < start_ms THEN start_ms
      WHEN end_hi_ms > as_of_ms THEN as_of_ms
      WHEN end_hi_ms < start_ms THEN start_ms
      ELSE end_hi_ms
    END AS until_hi_ms
  FROM (
    SELECT
      known.process_id AS process_id,
      known.process_key AS process_key,
      known.as_of_ms AS as_of_ms,
      CASE
        WHEN known.rule = 'unended' AND known.gone_by_ms IS NOT NULL THEN 'gone'
        WHEN known.rule = 'unended' AND known.as_of_ms - known.last_seen_ms <= 900000
          THEN 'running'
        WHEN known.rule = 'unended' THEN 'orphan'
        WHEN known.start_ms IS NOT NULL THEN known.rule
        WHEN known.started_at_ms IS NULL THEN 'never_started'
        ELSE 'inverted'
      END AS rule,
      known.start_ms AS start_ms,
      CASE
        WHEN known.start_ms IS NULL THEN NULL
        WHEN known.end_ms IS NOT NULL THEN known.end_ms
        WHEN known.rule = 'starting' THEN known.last_seen_ms
        WHEN (known.gone_by_ms - known.last_seen_ms) / 2 > 900000 THEN known.last_seen_ms + 900000
        WHEN known.gone_by_ms IS NOT NULL
          THEN known.last_seen_ms + (known.gone_by_ms - known.last_seen_ms) / 2
        WHEN known.as_of_ms - known.last_seen_ms <= 900000 THEN known.as_of_ms
        ELSE known.last_seen_ms
      END AS end_ms,
      CASE WHEN known.start_ms IS NOT NULL THEN known.end_lo_ms END AS end_lo_ms,
      CASE
        WHEN known.start_ms IS NULL THEN NULL
        WHEN known.end_ms IS NOT NULL THEN known.end_ms
        WHEN known.gone_by_ms IS NOT NULL THEN known.gone_by_ms
        WHEN known.rule <> 'starting' AND known.as_of_ms - known.last_seen_ms <= 900000
          THEN known.as_of_ms
        WHEN known.start_ms + 259200000 > known.last_seen_ms THEN known.start_ms + 259200000
        ELSE known.last_seen_ms
      END AS end_hi_ms
    FROM (
      SELECT
        process.process_id AS process_id,
        process.process_key AS process_key,
        process.started_at_ms AS started_at_ms,
        latest.as_of_ms AS as_of_ms,
        span.rule AS rule,
        span.start_ms AS start_ms,
        span.end_ms AS end_ms,
        span.end_lo_ms AS end_lo_ms,
        span.last_seen_ms AS last_seen_ms,
        CASE
          WHEN span.gone_ms <= span.start_ms + 259200000 THEN span.gone_ms
          WHEN span.gone_ms IS NULL THEN NULL
          WHEN span.start_ms + 259200000 > span.last_seen_ms THEN span.start_ms + 259200000
          ELSE span.last_seen_ms
        END AS gone_by_ms
      FROM process
      JOIN billable_span AS span ON span.process_key = process.process_key
      CROSS JOIN (SELECT max(observed_at_ms) AS as_of_ms FROM snapshot) AS latest
    ) AS known
  ) AS open_ended
) AS ended
JOIN process_meter AS meter ON meter.process_key = ended.process_key
LEFT JOIN label AS app ON app.label_key = meter.app_key
LEFT JOIN label AS deployment ON deployment.label_key = meter.deployment_key
LEFT JOIN label AS region ON region.label_key = meter.region_key;

-- One row is a process as it was last known: a timestamp is the last one said, everything else is
-- what the last observation said. A status that V1 does not say is derived from its timestamps.
--
-- What a question does not name is not looked up: in a SELECT of its own, which SQLite leaves out
-- then, unlike a join. Only observed processes have a row in process_meter, which is small, and is
-- found by its region.
CREATE VIEW process_latest AS
SELECT
  process.process_id AS process_id,
  (SELECT label FROM label WHERE label_key = meter.app_key) AS app_id,
  (SELECT label FROM label WHERE label_key = meter.deployment_key) AS deployment_id,
  region.label AS region,
  CASE
    WHEN attribute.status_key IS NOT NULL
      THEN (SELECT label FROM label WHERE label_key = attribute.status_key)
    WHEN process.terminated_at_ms IS NOT NULL THEN 'stopped'
    WHEN process.stopping_at_ms IS NOT NULL THEN 'stopping'
    WHEN attribute.draining = 1 THEN 'draining'
    WHEN process.started_at_ms IS NOT NULL THEN 'running'
    ELSE 'starting'
  END AS status,
  process.starting_at_ms AS starting_at_ms,
  process.scheduled_at_ms AS scheduled_at_ms,
  process.booted_at_ms AS booted_at_ms,
  process.started_at_ms AS started_at_ms,
  process.stopping_at_ms AS stopping_at_ms,
  process.terminated_at_ms AS terminated_at_ms,
  (
    SELECT observation.egressed_bytes
    FROM observation
    WHERE observation.process_key = process.process_key
      AND observation.snapshot_seq = process.latest_snapshot_seq
      AND observation.restated_attribute_no
        = process.latest_restatement * 4294967296 + process.latest_attribute_no
  ) AS egressed_bytes,
  attribute.draining AS draining,
  attribute.rooms_per_process AS rooms_per_process,
  (
    SELECT activity.rooms_allocated
    FROM process_activity AS activity
    WHERE activity.process_key = process.process_key
      AND activity.activity_no = process.latest_activity_no
  ) AS rooms_allocated,
  (
    SELECT activity.rooms_allocated_updated_at_ms
    FROM process_activity AS activity
    WHERE activity.process_key = process.process_key
      AND activity.activity_no = process.latest_activity_no
  ) AS rooms_allocated_updated_at_ms,
  (
    SELECT activity.total_rooms
    FROM process_activity AS activity
    WHERE activity.process_key = process.process_key
      AND activity.activity_no = process.latest_activity_no
  ) AS total_rooms,
  (
    SELECT
      activity.idle_since_after_ms + coalesce(activity.rooms_allocated_updated_at_ms, 0)
    FROM process_activity AS activity
    WHERE activity.process_key = process.process_key
      AND activity.activity_no = process.latest_activity_no
  ) AS idle_since_ms,
  (
    SELECT activity.active_connections
    FROM process_activity AS activity
    WHERE activity.process_key = process.process_key
      AND activity.activity_no = process.latest_activity_no
  ) AS active_connections,
  (
    SELECT
      activity.active_connections_updated_after_ms
      + coalesce(activity.rooms_allocated_updated_at_ms, 0)
    FROM process_activity AS activity
    WHERE activity.process_key = process.process_key
      AND activity.activity_no = process.latest_activity_no
  ) AS active_connections_updated_at_ms,
  (
    SELECT activity.room_slots_available
    FROM process_activity AS activity
    WHERE activity.process_key = process.process_key
      AND activity.activity_no = process.latest_activity_no
  ) AS room_slots_available,
  (
    SELECT
      activity.room_slots_available_updated_after_ms
      + coalesce(activity.rooms_allocated_updated_at_ms, 0)
    FROM process_activity AS activity
    WHERE activity.process_key = process.process_key
      AND activity.activity_no = process.latest_activity_no
  ) AS room_slots_available_updated_at_ms,
  (SELECT label FROM label WHERE label_key = attribute.host_key) AS host,
  attribute.legacy_port AS port,
  (SELECT label FROM label WHERE label_key = attribute.hosting_key) AS hosting,
  (SELECT label FROM label WHERE label_key = attribute.fleet_key) AS fleet_id,
  (SELECT label FROM label WHERE label_key = attribute.summary_exit_reason_key)
    AS summary_exit_reason,
  process.first_seen_ms AS first_seen_ms,
  process.last_seen_ms AS last_seen_ms
FROM process
JOIN process_meter AS meter ON meter.process_key = process.process_key
LEFT JOIN process_attribute AS attribute
  ON attribute.process_key = process.process_key
  AND attribute.attribute_no = process.latest_attribute_no
LEFT JOIN label AS region ON region.label_key = meter.region_key;

PRAGMA user_version = 14;
