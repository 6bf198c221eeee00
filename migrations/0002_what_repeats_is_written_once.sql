-- 0002: what repeats is written once. The span of an activity, and which snapshot said it first,
-- follow from its observations; a room's configuration becomes a label; instants of activity that
-- repeat another one are kept as distances from it.
DROP VIEW activity_history;
DROP VIEW room_on_process;
DROP VIEW room_latest;
DROP VIEW process_latest;

CREATE TEMP TABLE moved AS SELECT * FROM process_activity;
DROP TABLE process_activity;

-- One row is a distinct set of what snapshots said of the activity in one process; a new row only
-- when something changed, and never changed itself. The rooms it listed are in process_room; which
-- snapshots said it, in observation. An instant `…_after_ms` counts from
-- rooms_allocated_updated_at_ms (from 1970 where that is NULL), which it often equals: a 0 takes no
-- room. The view activity_history shows instants.
CREATE TABLE process_activity (
  process_key                           INTEGER NOT NULL REFERENCES process (process_key),
  activity_no                           INTEGER NOT NULL,
  rooms_allocated                       INTEGER,
  rooms_allocated_updated_at_ms         INTEGER,
  active_connections                    ANY,  -- integer or double as it came, else its text
  active_connections_updated_after_ms   INTEGER,
  room_slots_available                  ANY,  -- likewise; the vendor's is fractional
  room_slots_available_updated_after_ms INTEGER,
  idle_since_after_ms                   INTEGER,
  total_rooms                           INTEGER,
  lists_rooms                           INTEGER NOT NULL,  -- 1: there was a list, maybe empty
  CONSTRAINT process_activity_lists_rooms_is_boolean CHECK (lists_rooms IN (0, 1)),
  PRIMARY KEY (process_key, activity_no)
) STRICT, WITHOUT ROWID;
INSERT INTO process_activity
SELECT
  process_key, activity_no, rooms_allocated, rooms_allocated_updated_at_ms, active_connections,
  active_connections_updated_at_ms - coalesce(rooms_allocated_updated_at_ms, 0),
  room_slots_available,
  room_slots_available_updated_at_ms - coalesce(rooms_allocated_updated_at_ms, 0),
  idle_since_ms - coalesce(rooms_allocated_updated_at_ms, 0), total_rooms, lists_rooms
FROM moved ORDER BY process_key, activity_no;
DROP TABLE moved;

CREATE TEMP TABLE moved AS SELECT * FROM room_allocation;
DROP TABLE room_allocation;

-- One row is a distinct thing said of one allocation: that a room was scheduled on a process from
-- an instant on and, once it is over, until another. The interval is the allocation, not the room.
CREATE TABLE room_allocation (
  room_key           INTEGER NOT NULL REFERENCES room (room_key),
  allocation_no      INTEGER NOT NULL,
  room_allocation_id TEXT    NOT NULL,
  process_key        INTEGER REFERENCES process (process_key),
  scheduled_at_ms    INTEGER,
  unscheduled_at_ms  INTEGER,  -- NULL while it is current
  first_seen_ms      INTEGER NOT NULL,
  last_seen_ms       INTEGER NOT NULL,
  last_snapshot_seq  INTEGER NOT NULL,
  PRIMARY KEY (room_key, allocation_no)
) STRICT, WITHOUT ROWID;
INSERT INTO room_allocation
SELECT
  room_key, allocation_no, room_allocation_id, process_key, scheduled_at_ms, unscheduled_at_ms,
  first_seen_ms, last_seen_ms, last_snapshot_seq
FROM moved ORDER BY room_key, allocation_no;
DROP TABLE moved;

CREATE TEMP TABLE moved AS SELECT * FROM room_fact;
DROP TABLE room_fact;

-- One row is a distinct set of what snapshots said of one room; a new row only when something
-- changed. The room_config is written by players' programs: treat it as hostile and maybe personal.
CREATE TABLE room_fact (
  room_key          INTEGER NOT NULL REFERENCES room (room_key),
  room_fact_no      INTEGER NOT NULL,
  app_key           INTEGER REFERENCES label (label_key),
  status_key        INTEGER REFERENCES label (label_key),
  room_config_key   INTEGER REFERENCES label (label_key),
  allocation_no     INTEGER,  -- currentAllocation; NULL when there is none
  first_seen_ms     INTEGER NOT NULL,
  last_seen_ms      INTEGER NOT NULL,
  last_snapshot_seq INTEGER NOT NULL,
  PRIMARY KEY (room_key, room_fact_no)
) STRICT, WITHOUT ROWID;
INSERT INTO label (label)
SELECT DISTINCT room_config FROM moved
WHERE room_config IS NOT NULL AND room_config NOT IN (SELECT label FROM label);
INSERT INTO room_fact
SELECT
  moved.room_key, moved.room_fact_no, moved.app_key, moved.status_key, label.label_key,
  moved.allocation_no, moved.first_seen_ms, moved.last_seen_ms, moved.last_snapshot_seq
FROM moved LEFT JOIN label ON label.label = moved.room_config
ORDER BY moved.room_key, moved.room_fact_no;
DROP TABLE moved;

-- One row is an activity that a process was seen with, and the span of the observations that said
-- so.
CREATE VIEW activity_history AS
SELECT
  process.process_id AS process_id,
  min(snapshot.observed_at_ms) AS first_seen_ms,
  max(snapshot.observed_at_ms) AS last_seen_ms,
  activity.rooms_allocated AS rooms_allocated,
  activity.rooms_allocated_updated_at_ms AS rooms_allocated_updated_at_ms,
  activity.active_connections AS active_connections,
  activity.active_connections_updated_after_ms
    + coalesce(activity.rooms_allocated_updated_at_ms, 0) AS active_connections_updated_at_ms,
  activity.room_slots_available AS room_slots_available,
  activity.room_slots_available_updated_after_ms
    + coalesce(activity.rooms_allocated_updated_at_ms, 0) AS room_slots_available_updated_at_ms,
  activity.idle_since_after_ms + coalesce(activity.rooms_allocated_updated_at_ms, 0)
    AS idle_since_ms,
  activity.total_rooms AS total_rooms
FROM process
JOIN observation ON observation.process_key = process.process_key
JOIN snapshot ON snapshot.snapshot_seq = observation.snapshot_seq
JOIN process_activity AS activity
  ON activity.process_key = observation.process_key
  AND activity.activity_no = observation.activity_no
GROUP BY process.process_id, activity.activity_no;

-- One row is a stay of a room on a process: an allocation as it was last known, or (with a NULL
-- allocation) a room that a process listed without saying how it came there.
CREATE VIEW room_on_process AS
SELECT
  room.room_id AS room_id,
  process.process_id AS process_id,
  allocation.room_allocation_id AS room_allocation_id,
  allocation.scheduled_at_ms AS scheduled_at_ms,
  allocation.unscheduled_at_ms AS unscheduled_at_ms,
  (
    SELECT min(same.first_seen_ms) FROM room_allocation AS same
    WHERE same.room_key = allocation.room_key
      AND same.room_allocation_id = allocation.room_allocation_id
      AND same.process_key IS allocation.process_key
  ) AS first_seen_ms,
  allocation.last_seen_ms AS last_seen_ms
FROM room_allocation AS allocation
JOIN room ON room.room_key = allocation.room_key
LEFT JOIN process ON process.process_key = allocation.process_key
WHERE allocation.allocation_no = (
  SELECT latest.allocation_no FROM room_allocation AS latest
  WHERE latest.room_key = allocation.room_key
    AND latest.room_allocation_id = allocation.room_allocation_id
    AND latest.process_key IS allocation.process_key
  ORDER BY latest.last_seen_ms DESC, latest.last_snapshot_seq DESC, latest.allocation_no DESC
  LIMIT 1
)
UNION ALL
SELECT
  room.room_id AS room_id,
  process.process_id AS process_id,
  NULL AS room_allocation_id,
  NULL AS scheduled_at_ms,
  NULL AS unscheduled_at_ms,
  min(snapshot.observed_at_ms) AS first_seen_ms,
  max(snapshot.observed_at_ms) AS last_seen_ms
FROM process_room AS listed
JOIN observation
  ON observation.process_key = listed.process_key AND observation.activity_no = listed.activity_no
JOIN snapshot ON snapshot.snapshot_seq = observation.snapshot_seq
JOIN room ON room.room_key = listed.room_key
JOIN process ON process.process_key = listed.process_key
JOIN room_fact AS fact
  ON fact.room_key = listed.room_key AND fact.room_fact_no = listed.room_fact_no
LEFT JOIN room_allocation AS allocation
  ON allocation.room_key = fact.room_key AND allocation.allocation_no = fact.allocation_no
WHERE allocation.process_key IS NOT listed.process_key
GROUP BY listed.room_key, listed.process_key;

-- One row is a room as it was last known.
CREATE VIEW room_latest AS
SELECT
  room.room_id AS room_id,
  app.label AS app_id,
  status.label AS status,
  room_config.label AS room_config,
  (
    SELECT min(earliest.first_seen_ms) FROM room_fact AS earliest
    WHERE earliest.room_key = room.room_key
  ) AS first_seen_ms,
  fact.last_seen_ms AS last_seen_ms
FROM room
JOIN room_fact AS fact
  ON fact.room_key = room.room_key
  AND fact.room_fact_no = (
    SELECT latest.room_fact_no FROM room_fact AS latest
    WHERE latest.room_key = room.room_key
    ORDER BY latest.last_seen_ms DESC, latest.last_snapshot_seq DESC, latest.room_fact_no DESC
    LIMIT 1
  )
LEFT JOIN label AS app ON app.label_key = fact.app_key
LEFT JOIN label AS status ON status.label_key = fact.status_key
LEFT JOIN label AS room_config ON room_config.label_key = fact.room_config_key;

-- One row is a process as it was last known: a timestamp is the last one said, everything else is
-- what the last observation said. A status that V1 does not say is derived from its timestamps.
CREATE VIEW process_latest AS
SELECT
  process.process_id AS process_id,
  app.label AS app_id,
  deployment.label AS deployment_id,
  region.label AS region,
  CASE
    WHEN attribute.status_key IS NOT NULL THEN status.label
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
  observation.egressed_bytes AS egressed_bytes,
  attribute.draining AS draining,
  attribute.rooms_per_process AS rooms_per_process,
  activity.rooms_allocated AS rooms_allocated,
  activity.rooms_allocated_updated_at_ms AS rooms_allocated_updated_at_ms,
  activity.total_rooms AS total_rooms,
  activity.idle_since_after_ms + coalesce(activity.rooms_allocated_updated_at_ms, 0)
    AS idle_since_ms,
  activity.active_connections AS active_connections,
  activity.active_connections_updated_after_ms
    + coalesce(activity.rooms_allocated_updated_at_ms, 0) AS active_connections_updated_at_ms,
  activity.room_slots_available AS room_slots_available,
  activity.room_slots_available_updated_after_ms
    + coalesce(activity.rooms_allocated_updated_at_ms, 0) AS room_slots_available_updated_at_ms,
  host.label AS host,
  attribute.legacy_port AS port,
  hosting.label AS hosting,
  fleet.label AS fleet_id,
  exit_reason.label AS summary_exit_reason,
  process.first_seen_ms AS first_seen_ms,
  process.last_seen_ms AS last_seen_ms
FROM process
JOIN observation
  ON observation.process_key = process.process_key
  AND observation.snapshot_seq = process.latest_snapshot_seq
  AND observation.restatement = process.latest_restatement
JOIN process_attribute AS attribute
  ON attribute.process_key = process.process_key
  AND attribute.attribute_no = process.latest_attribute_no
JOIN process_activity AS activity
  ON activity.process_key = process.process_key
  AND activity.activity_no = process.latest_activity_no
LEFT JOIN label AS app ON app.label_key = attribute.app_key
LEFT JOIN label AS deployment ON deployment.label_key = attribute.deployment_key
LEFT JOIN label AS region ON region.label_key = attribute.region_key
LEFT JOIN label AS status ON status.label_key = attribute.status_key
LEFT JOIN label AS host ON host.label_key = attribute.host_key
LEFT JOIN label AS hosting ON hosting.label_key = attribute.hosting_key
LEFT JOIN label AS fleet ON fleet.label_key = attribute.fleet_key
LEFT JOIN label AS exit_reason ON exit_reason.label_key = attribute.summary_exit_reason_key
WHERE process.last_seen_ms IS NOT NULL;

PRAGMA user_version = 2;
