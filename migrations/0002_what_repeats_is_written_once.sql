-- 0002: what repeats is written once. The span of an activity or of an allocation follows from what
-- said it; a span is kept as the snapshots at its ends; a room's configuration becomes a label; a
-- list of rooms is named by its number; instants of activity that repeat another one are kept as
-- distances from it; the UUID of an allocation as its bytes; two numbers of an observation as one.
DROP VIEW activity_history;
DROP VIEW room_on_process;
DROP VIEW room_latest;
DROP VIEW process_latest;
DROP VIEW process_history;
DROP VIEW port_latest;
DROP VIEW port_history;

DROP INDEX snapshot_by_digest;
-- A digest stands at one time only once: the program compares all of it before it writes.
CREATE INDEX snapshot_by_digest ON snapshot (substr(sha256, 1, 8), observed_at_ms);
DROP INDEX process_by_last_seen;
CREATE INDEX process_by_last_seen ON process (last_seen_ms) WHERE terminated_at_ms IS NULL;

CREATE TEMP TABLE moved AS SELECT * FROM observation;
DROP TABLE observation;

-- One row is what one snapshot said of one process: its counter, and which attributes and activity
-- it had. Clustered by process, so that one process is one range and a scan needs no sort. The two
-- last columns are not stored: both are read from the third, which is nearly always 0 or 1.
CREATE TABLE observation (
  process_key           INTEGER NOT NULL REFERENCES process (process_key),
  snapshot_seq          INTEGER NOT NULL REFERENCES snapshot (snapshot_seq),
  restated_attribute_no INTEGER NOT NULL,  -- restatement * 2^32 + attribute_no
  egressed_bytes        INTEGER,           -- running total as it came (a wrapped int32 is negative)
  activity_no           INTEGER NOT NULL,
  -- 0; 1, 2 … for what else the same document said of it
  restatement           INTEGER GENERATED ALWAYS AS (restated_attribute_no >> 32),
  attribute_no          INTEGER GENERATED ALWAYS AS (restated_attribute_no & 4294967295),
  PRIMARY KEY (process_key, snapshot_seq, restated_attribute_no)
) STRICT, WITHOUT ROWID;
INSERT INTO observation (
  process_key, snapshot_seq, restated_attribute_no, egressed_bytes, activity_no
)
SELECT
  process_key, snapshot_seq, (restatement << 32) | attribute_no, egressed_bytes, activity_no
FROM moved ORDER BY process_key, snapshot_seq, restatement;
DROP TABLE moved;

CREATE TEMP TABLE moved AS SELECT * FROM process_attribute;
DROP TABLE process_attribute;

-- One row is a distinct set of what snapshots said of one process, apart from its counter and its
-- activity: a new row only when something changed. What it says is never changed; the three
-- last columns are the span of the observations that said it.
CREATE TABLE process_attribute (
  process_key             INTEGER NOT NULL REFERENCES process (process_key),
  attribute_no            INTEGER NOT NULL,  -- 0, 1, 2 … within the process, as they were first met
  snapshot_seq            INTEGER NOT NULL REFERENCES snapshot (snapshot_seq),  -- said it first
  app_key                 INTEGER REFERENCES label (label_key),
  deployment_key          INTEGER REFERENCES label (label_key),
  region_key              INTEGER REFERENCES label (label_key),
  status_key              INTEGER REFERENCES label (label_key),  -- V2, V3; NULL in V1
  draining                INTEGER,                               -- V1; NULL in V2, V3
  starting_at_ms          INTEGER,  -- startingAt, or createdAt in V2, V3
  scheduled_at_ms         INTEGER,
  booted_at_ms            INTEGER,
  started_at_ms           INTEGER,
  stopping_at_ms          INTEGER,
  terminated_at_ms        INTEGER,
  rooms_per_process       INTEGER,
  port_set_no             INTEGER NOT NULL,  -- which of the process's sets of ports; see port
  host_key                INTEGER REFERENCES label (label_key),
  legacy_port             ANY,               -- `port`: integer or double as it came, else its text
  hosting_key             INTEGER REFERENCES label (label_key),
  fleet_key               INTEGER REFERENCES label (label_key),
  summary_exit_reason_key INTEGER REFERENCES label (label_key),
  first_seen_before_ms    INTEGER NOT NULL,  -- snapshot_seq's time; 0 but for late archives
  last_seen_ms            INTEGER NOT NULL,
  last_snapshot_seq       INTEGER NOT NULL,  -- of the observation at last_seen_ms
  last_restatement        INTEGER NOT NULL,
  CONSTRAINT process_attribute_draining_is_boolean CHECK (draining IN (0, 1)),
  PRIMARY KEY (process_key, attribute_no)
) STRICT, WITHOUT ROWID;
INSERT INTO process_attribute
SELECT
  moved.process_key, moved.attribute_no, moved.snapshot_seq, moved.app_key, moved.deployment_key,
  moved.region_key, moved.status_key, moved.draining, moved.starting_at_ms, moved.scheduled_at_ms,
  moved.booted_at_ms, moved.started_at_ms, moved.stopping_at_ms, moved.terminated_at_ms,
  moved.rooms_per_process, moved.port_set_no, moved.host_key, moved.legacy_port, moved.hosting_key,
  moved.fleet_key, moved.summary_exit_reason_key, snapshot.observed_at_ms - moved.first_seen_ms,
  moved.last_seen_ms, moved.last_snapshot_seq, moved.last_restatement
FROM moved JOIN snapshot ON snapshot.snapshot_seq = moved.snapshot_seq
ORDER BY moved.process_key, moved.attribute_no;
DROP TABLE moved;

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
  room_set_no                           INTEGER,  -- 0: an empty list of rooms; NULL: no list
  PRIMARY KEY (process_key, activity_no)
) STRICT, WITHOUT ROWID;
INSERT INTO process_activity
SELECT
  process_key, activity_no, rooms_allocated, rooms_allocated_updated_at_ms, active_connections,
  active_connections_updated_at_ms - coalesce(rooms_allocated_updated_at_ms, 0),
  room_slots_available,
  room_slots_available_updated_at_ms - coalesce(rooms_allocated_updated_at_ms, 0),
  idle_since_ms - coalesce(rooms_allocated_updated_at_ms, 0), total_rooms,
  CASE
    WHEN lists_rooms = 0 THEN NULL
    WHEN EXISTS (
      SELECT 1 FROM process_room
      WHERE process_room.process_key = moved.process_key
        AND process_room.activity_no = moved.activity_no
    ) THEN activity_no + 1
    ELSE 0
  END
FROM moved ORDER BY process_key, activity_no;
DROP TABLE moved;

CREATE TEMP TABLE moved AS SELECT * FROM process_room;
DROP TABLE process_room;

-- One row is a room of a list that came with a process's activity. A list that the next activities
-- repeat is written once; they name it by its number.
CREATE TABLE process_room (
  process_key  INTEGER NOT NULL REFERENCES process (process_key),
  room_set_no  INTEGER NOT NULL,  -- 1, 2 … within the process
  position     INTEGER NOT NULL,
  room_key     INTEGER NOT NULL REFERENCES room (room_key),
  room_fact_no INTEGER NOT NULL,
  PRIMARY KEY (process_key, room_set_no, position),
  FOREIGN KEY (room_key, room_fact_no) REFERENCES room_fact (room_key, room_fact_no)
) STRICT, WITHOUT ROWID;
INSERT INTO process_room
SELECT process_key, activity_no + 1, position, room_key, room_fact_no
FROM moved ORDER BY process_key, activity_no, position;
DROP TABLE moved;

CREATE TEMP TABLE moved AS SELECT * FROM room_allocation;
DROP TABLE room_allocation;

-- One row is a distinct thing said of one allocation: that a room was scheduled on a process from
-- an instant on and, once it is over, until another. The interval is the allocation, not the room.
-- When it was said follows from room_fact and room_observation_allocation.
CREATE TABLE room_allocation (
  room_key           INTEGER NOT NULL REFERENCES room (room_key),
  allocation_no      INTEGER NOT NULL,
  room_allocation_id ANY     NOT NULL,  -- the 16 bytes of a UUID, else the text as it came
  process_key        INTEGER REFERENCES process (process_key),
  scheduled_at_ms    INTEGER,
  unscheduled_at_ms  INTEGER,  -- NULL while it is current
  PRIMARY KEY (room_key, allocation_no)
) STRICT, WITHOUT ROWID;
INSERT INTO room_allocation
SELECT
  room_key, allocation_no, room_allocation_id, process_key, scheduled_at_ms, unscheduled_at_ms
FROM moved ORDER BY room_key, allocation_no;
DROP TABLE moved;

CREATE TEMP TABLE moved AS SELECT * FROM room_fact;
DROP TABLE room_fact;

-- One row is a distinct set of what snapshots said of one room; a new row only when something
-- changed. The room_config is written by players' programs: treat it as hostile and maybe personal.
CREATE TABLE room_fact (
  room_key           INTEGER NOT NULL REFERENCES room (room_key),
  room_fact_no       INTEGER NOT NULL,
  app_key            INTEGER REFERENCES label (label_key),
  status_key         INTEGER REFERENCES label (label_key),
  room_config_key    INTEGER REFERENCES label (label_key),
  allocation_no      INTEGER,  -- currentAllocation; NULL when there is none
  first_snapshot_seq INTEGER NOT NULL REFERENCES snapshot (snapshot_seq),  -- by observed_at
  last_snapshot_seq  INTEGER NOT NULL REFERENCES snapshot (snapshot_seq),
  PRIMARY KEY (room_key, room_fact_no)
) STRICT, WITHOUT ROWID;
INSERT INTO label (label)
SELECT DISTINCT room_config FROM moved
WHERE room_config IS NOT NULL AND room_config NOT IN (SELECT label FROM label);
INSERT INTO room_fact
SELECT
  moved.room_key, moved.room_fact_no, moved.app_key, moved.status_key, label.label_key,
  moved.allocation_no,
  (SELECT min(snapshot_seq) FROM snapshot WHERE observed_at_ms = moved.first_seen_ms),
  moved.last_snapshot_seq
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
WITH said AS (
  SELECT
    fact.room_key AS room_key,
    fact.allocation_no AS allocation_no,
    first.observed_at_ms AS first_seen_ms,
    last.observed_at_ms AS last_seen_ms,
    fact.last_snapshot_seq AS last_snapshot_seq
  FROM room_fact AS fact
  JOIN snapshot AS first ON first.snapshot_seq = fact.first_snapshot_seq
  JOIN snapshot AS last ON last.snapshot_seq = fact.last_snapshot_seq
  UNION ALL
  SELECT
    listed.room_key, listed.allocation_no, snapshot.observed_at_ms, snapshot.observed_at_ms,
    listed.snapshot_seq
  FROM room_observation_allocation AS listed
  JOIN snapshot ON snapshot.snapshot_seq = listed.snapshot_seq
),
named AS (
  SELECT
    room_key, allocation_no, process_key, scheduled_at_ms, unscheduled_at_ms,
    CASE typeof(room_allocation_id)
      WHEN 'blob' THEN substr(digits, 1, 8) || '-' || substr(digits, 9, 4) || '-'
        || substr(digits, 13, 4) || '-' || substr(digits, 17, 4) || '-' || substr(digits, 21)
      ELSE room_allocation_id
    END AS room_allocation_id
  FROM (SELECT *, lower(hex(room_allocation_id)) AS digits FROM room_allocation)
),
stay AS (
  SELECT
    allocation.room_key AS room_key,
    allocation.process_key AS process_key,
    allocation.room_allocation_id AS room_allocation_id,
    allocation.scheduled_at_ms AS scheduled_at_ms,
    allocation.unscheduled_at_ms AS unscheduled_at_ms,
    min(said.first_seen_ms) OVER one AS first_seen_ms,
    said.last_seen_ms AS last_seen_ms,
    row_number() OVER (
      one ORDER BY said.last_seen_ms DESC, said.last_snapshot_seq DESC, said.allocation_no DESC
    ) AS place
  FROM said
  JOIN named AS allocation
    ON allocation.room_key = said.room_key AND allocation.allocation_no = said.allocation_no
  WINDOW one AS (
    PARTITION BY allocation.room_key, allocation.room_allocation_id, allocation.process_key
  )
)
SELECT
  room.room_id AS room_id,
  process.process_id AS process_id,
  stay.room_allocation_id AS room_allocation_id,
  stay.scheduled_at_ms AS scheduled_at_ms,
  stay.unscheduled_at_ms AS unscheduled_at_ms,
  stay.first_seen_ms AS first_seen_ms,
  stay.last_seen_ms AS last_seen_ms
FROM stay
JOIN room ON room.room_key = stay.room_key
LEFT JOIN process ON process.process_key = stay.process_key
WHERE stay.place = 1
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
JOIN room_fact AS fact
  ON fact.room_key = listed.room_key AND fact.room_fact_no = listed.room_fact_no
LEFT JOIN room_allocation AS allocation
  ON allocation.room_key = fact.room_key AND allocation.allocation_no = fact.allocation_no
JOIN process_activity AS activity
  ON activity.process_key = listed.process_key AND activity.room_set_no = listed.room_set_no
JOIN observation
  ON observation.process_key = activity.process_key
  AND observation.activity_no = activity.activity_no
JOIN snapshot ON snapshot.snapshot_seq = observation.snapshot_seq
JOIN room ON room.room_key = listed.room_key
JOIN process ON process.process_key = listed.process_key
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
    SELECT min(first.observed_at_ms)
    FROM room_fact AS earliest
    JOIN snapshot AS first ON first.snapshot_seq = earliest.first_snapshot_seq
    WHERE earliest.room_key = room.room_key
  ) AS first_seen_ms,
  last.observed_at_ms AS last_seen_ms
FROM room
JOIN room_fact AS fact
  ON fact.room_key = room.room_key
  AND fact.room_fact_no = (
    SELECT latest.room_fact_no
    FROM room_fact AS latest
    JOIN snapshot ON snapshot.snapshot_seq = latest.last_snapshot_seq
    WHERE latest.room_key = room.room_key
    ORDER BY
      snapshot.observed_at_ms DESC, latest.last_snapshot_seq DESC, latest.room_fact_no DESC
    LIMIT 1
  )
JOIN snapshot AS last ON last.snapshot_seq = fact.last_snapshot_seq
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

-- One row is a set of attributes that a process was seen with, and the span of the observations
-- that said so. Spans overlap where snapshots of one instant differed.
CREATE VIEW process_history AS
SELECT
  process.process_id AS process_id,
  said.observed_at_ms - attribute.first_seen_before_ms AS first_seen_ms,
  attribute.last_seen_ms AS last_seen_ms,
  app.label AS app_id,
  deployment.label AS deployment_id,
  region.label AS region,
  status.label AS status,
  attribute.draining AS draining,
  attribute.starting_at_ms AS starting_at_ms,
  attribute.scheduled_at_ms AS scheduled_at_ms,
  attribute.booted_at_ms AS booted_at_ms,
  attribute.started_at_ms AS started_at_ms,
  attribute.stopping_at_ms AS stopping_at_ms,
  attribute.terminated_at_ms AS terminated_at_ms,
  attribute.rooms_per_process AS rooms_per_process,
  hosting.label AS hosting,
  fleet.label AS fleet_id,
  exit_reason.label AS summary_exit_reason
FROM process_attribute AS attribute
JOIN process ON process.process_key = attribute.process_key
JOIN snapshot AS said ON said.snapshot_seq = attribute.snapshot_seq
LEFT JOIN label AS app ON app.label_key = attribute.app_key
LEFT JOIN label AS deployment ON deployment.label_key = attribute.deployment_key
LEFT JOIN label AS region ON region.label_key = attribute.region_key
LEFT JOIN label AS status ON status.label_key = attribute.status_key
LEFT JOIN label AS hosting ON hosting.label_key = attribute.hosting_key
LEFT JOIN label AS fleet ON fleet.label_key = attribute.fleet_key
LEFT JOIN label AS exit_reason ON exit_reason.label_key = attribute.summary_exit_reason_key;

-- One row is a port of the last set of ports that a process was seen with (a process that stopped
-- lists none any more). The span is that of the observations that listed exactly this port.
CREATE VIEW port_latest AS
SELECT
  process.process_id AS process_id,
  name.label AS name,
  transport_type.label AS transport_type,
  host.label AS host,
  port.port AS port,
  CASE WHEN port.position = 0 THEN 1 ELSE 0 END AS is_main,
  (
    SELECT min(said.observed_at_ms - same_attribute.first_seen_before_ms)
    FROM port AS same
    JOIN process_attribute AS same_attribute
      ON same_attribute.process_key = same.process_key
      AND same_attribute.port_set_no = same.port_set_no
    JOIN snapshot AS said ON said.snapshot_seq = same_attribute.snapshot_seq
    WHERE same.process_key = port.process_key
      AND same.name_key IS port.name_key
      AND same.transport_type_key IS port.transport_type_key
      AND same.host_key IS port.host_key
      AND same.port IS port.port
  ) AS first_seen_ms,
  (
    SELECT max(same_attribute.last_seen_ms)
    FROM port AS same
    JOIN process_attribute AS same_attribute
      ON same_attribute.process_key = same.process_key
      AND same_attribute.port_set_no = same.port_set_no
    WHERE same.process_key = port.process_key
      AND same.name_key IS port.name_key
      AND same.transport_type_key IS port.transport_type_key
      AND same.host_key IS port.host_key
      AND same.port IS port.port
  ) AS last_seen_ms
FROM port
JOIN process ON process.process_key = port.process_key
LEFT JOIN label AS name ON name.label_key = port.name_key
LEFT JOIN label AS transport_type ON transport_type.label_key = port.transport_type_key
LEFT JOIN label AS host ON host.label_key = port.host_key
WHERE port.port_set_no = (
  SELECT attribute.port_set_no
  FROM process_attribute AS attribute
  WHERE attribute.process_key = port.process_key AND attribute.port_set_no > 0
  ORDER BY
    attribute.last_seen_ms DESC, attribute.last_snapshot_seq DESC, attribute.last_restatement DESC
  LIMIT 1
);

-- One row is a port that a process exposed, with the span of the observations that listed it so.
CREATE VIEW port_history AS
SELECT
  process.process_id AS process_id,
  name.label AS name,
  transport_type.label AS transport_type,
  host.label AS host,
  port.port AS port,
  max(port.position = 0) AS is_main,
  min(said.observed_at_ms - attribute.first_seen_before_ms) AS first_seen_ms,
  max(attribute.last_seen_ms) AS last_seen_ms
FROM port
JOIN process ON process.process_key = port.process_key
JOIN process_attribute AS attribute
  ON attribute.process_key = port.process_key
  AND attribute.port_set_no = port.port_set_no
JOIN snapshot AS said ON said.snapshot_seq = attribute.snapshot_seq
LEFT JOIN label AS name ON name.label_key = port.name_key
LEFT JOIN label AS transport_type ON transport_type.label_key = port.transport_type_key
LEFT JOIN label AS host ON host.label_key = port.host_key
GROUP BY
  port.process_key, port.name_key, port.transport_type_key, port.host_key, port.port;

PRAGMA user_version = 2;
