-- 0011: archives of rooms that are each configured in words of their own take little room. Those
-- texts are no labels, which an index finds by their text; a list of rooms says itself whether a room
-- has an allocation to the process, and an allocation whether the process listed the room, so that no
-- index need hold every room twice more.
DROP VIEW room_latest;
DROP VIEW room_on_process;

-- One row is a text that a room was configured with. Players' programs write it, one for every room
-- or the same for many: a text that was met lately is found again, one that was not may have a
-- second key. Treat it as hostile and maybe personal.
CREATE TABLE room_config (
  room_config_key INTEGER PRIMARY KEY,
  room_config     TEXT    NOT NULL
) STRICT;
INSERT INTO room_config (room_config_key, room_config)
SELECT label_key, label
FROM label
WHERE label_key IN (SELECT room_config_key FROM room_fact)
ORDER BY label_key;

CREATE TEMP TABLE moved AS SELECT * FROM room_fact;
DROP TABLE room_fact;

-- One row is a distinct set of what snapshots said of one room; a new row only when something
-- changed.
CREATE TABLE room_fact (
  room_key           INTEGER NOT NULL REFERENCES room (room_key),
  room_fact_no       INTEGER NOT NULL,
  app_key            INTEGER REFERENCES label (label_key),
  status_key         INTEGER REFERENCES label (label_key),
  room_config_key    INTEGER REFERENCES room_config (room_config_key),
  allocation_no      INTEGER,  -- currentAllocation; NULL when there is none
  first_snapshot_seq INTEGER NOT NULL REFERENCES snapshot (snapshot_seq),  -- by observed_at
  last_snapshot_seq  INTEGER NOT NULL REFERENCES snapshot (snapshot_seq),
  PRIMARY KEY (room_key, room_fact_no)
) STRICT, WITHOUT ROWID;
INSERT INTO room_fact SELECT * FROM moved ORDER BY room_key, room_fact_no;
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
  is_unplaced  INTEGER NOT NULL,  -- 1: the fact names no allocation of the room to this process
  CONSTRAINT process_room_is_unplaced_is_boolean CHECK (is_unplaced IN (0, 1)),
  PRIMARY KEY (process_key, room_set_no, position),
  FOREIGN KEY (room_key, room_fact_no) REFERENCES room_fact (room_key, room_fact_no)
) STRICT, WITHOUT ROWID;
CREATE INDEX process_room_unplaced ON process_room (room_key, process_key) WHERE is_unplaced = 1;
INSERT INTO process_room
SELECT
  listed.process_key, listed.room_set_no, listed.position, listed.room_key, listed.room_fact_no,
  CASE WHEN allocation.process_key = listed.process_key THEN 0 ELSE 1 END AS is_unplaced
FROM moved AS listed
LEFT JOIN room_fact AS fact
  ON fact.room_key = listed.room_key AND fact.room_fact_no = listed.room_fact_no
LEFT JOIN room_allocation AS allocation
  ON allocation.room_key = fact.room_key AND allocation.allocation_no = fact.allocation_no
ORDER BY listed.process_key, listed.room_set_no, listed.position;
DROP TABLE moved;

CREATE TEMP TABLE moved AS SELECT * FROM room_allocation;
CREATE TEMP TABLE listed AS SELECT DISTINCT process_key, room_key FROM process_room;
CREATE INDEX temp.listed_by_process ON listed (process_key, room_key);
DROP TABLE room_allocation;

-- One row is a distinct thing said of one allocation: that a room was scheduled on a process from
-- an instant on and, once it is over, until another. The interval is the allocation, not the room.
-- When it was said follows from room_fact and room_observation_allocation. The rooms of a process
-- are those of its lists, in process_room, and those of the allocations that are unlisted here.
CREATE TABLE room_allocation (
  room_key           INTEGER NOT NULL REFERENCES room (room_key),
  allocation_no      INTEGER NOT NULL,
  room_allocation_id ANY     NOT NULL,  -- the 16 bytes of a UUID, else the text as it came
  process_key        INTEGER REFERENCES process (process_key),
  scheduled_at_ms    INTEGER,
  unscheduled_at_ms  INTEGER,  -- NULL while it is current
  is_unlisted        INTEGER NOT NULL,  -- 1: the process need not have listed the room
  CONSTRAINT room_allocation_is_unlisted_is_boolean CHECK (is_unlisted IN (0, 1)),
  PRIMARY KEY (room_key, allocation_no)
) STRICT, WITHOUT ROWID;
CREATE INDEX room_allocation_unlisted ON room_allocation (process_key) WHERE is_unlisted = 1;
INSERT INTO room_allocation
SELECT
  allocation.*,
  CASE
    WHEN EXISTS (
      SELECT 1
      FROM listed
      WHERE listed.process_key = allocation.process_key
        AND listed.room_key = allocation.room_key
    ) THEN 0
    ELSE 1
  END AS is_unlisted
FROM moved AS allocation
ORDER BY allocation.room_key, allocation.allocation_no;
DROP TABLE listed;
DROP TABLE moved;

-- A text that only rooms were configured with is no label any more.
DELETE FROM label
WHERE label_key IN (SELECT room_config_key FROM room_config)
  AND label_key NOT IN (
    SELECT label_key
    FROM (
      SELECT app_key AS label_key FROM process_attribute
      UNION SELECT deployment_key FROM process_attribute
      UNION SELECT region_key FROM process_attribute
      UNION SELECT status_key FROM process_attribute
      UNION SELECT host_key FROM process_attribute
      UNION SELECT hosting_key FROM process_attribute
      UNION SELECT fleet_key FROM process_attribute
      UNION SELECT summary_exit_reason_key FROM process_attribute
      UNION SELECT name_key FROM port
      UNION SELECT transport_type_key FROM port
      UNION SELECT host_key FROM port
      UNION SELECT app_key FROM room_fact
      UNION SELECT status_key FROM room_fact
      UNION SELECT app_key FROM place
      UNION SELECT region_key FROM place
      UNION SELECT list_app_key FROM snapshot
      UNION SELECT list_region_key FROM snapshot
      UNION SELECT app_key FROM list_scope
      UNION SELECT region_key FROM list_scope
    ) AS used
    WHERE label_key IS NOT NULL
  );

-- One row is a room as it was last known.
CREATE VIEW room_latest AS
SELECT
  room.room_id AS room_id,
  app.label AS app_id,
  status.label AS status,
  room_config.room_config AS room_config,
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
LEFT JOIN room_config ON room_config.room_config_key = fact.room_config_key;

-- One row is a stay of a room on a process: an allocation as it was last known, or (with a NULL
-- allocation) a room that a process listed without saying how it came there.
--
-- What is gathered of one room, or of one process, comes as a list of lists of numbers, in JSON: so
-- that it is gathered once for each, and for no other when one is asked for. Only json_each takes it
-- apart: hardened clients allow no other function of JSON in a view. The likelihoods tell SQLite
-- where to begin when none is: with every room, and with every process. Only SQLite has these
-- functions; queries/parts/stay.sql says the same of all rooms in any SQL.
CREATE VIEW room_on_process AS
SELECT
  room.room_id AS room_id,
  process.process_id AS process_id,
  CASE typeof(allocation.room_allocation_id)
    WHEN 'blob' THEN lower(
      substr(hex(allocation.room_allocation_id), 1, 8) || '-'
      || substr(hex(allocation.room_allocation_id), 9, 4) || '-'
      || substr(hex(allocation.room_allocation_id), 13, 4) || '-'
      || substr(hex(allocation.room_allocation_id), 17, 4) || '-'
      || substr(hex(allocation.room_allocation_id), 21)
    )
    ELSE allocation.room_allocation_id
  END AS room_allocation_id,
  allocation.scheduled_at_ms AS scheduled_at_ms,
  allocation.unscheduled_at_ms AS unscheduled_at_ms,
  (SELECT part.value FROM json_each(stay.value) AS part WHERE part.key = 1) AS first_seen_ms,
  (SELECT part.value FROM json_each(stay.value) AS part WHERE part.key = 2) AS last_seen_ms
FROM room
JOIN json_each((
  SELECT
    '[' || group_concat('[' || allocation_no || ',' || first_seen_ms || ',' || last_seen_ms || ']')
    || ']'
  FROM (
    SELECT
      said.allocation_no AS allocation_no,
      min(said.first_seen_ms) OVER one AS first_seen_ms,
      said.last_seen_ms AS last_seen_ms,
      row_number() OVER (
        one ORDER BY said.last_seen_ms DESC, said.last_snapshot_seq DESC, said.allocation_no DESC
      ) AS place
    FROM (
      SELECT
        fact.allocation_no AS allocation_no,
        first.observed_at_ms AS first_seen_ms,
        last.observed_at_ms AS last_seen_ms,
        fact.last_snapshot_seq AS last_snapshot_seq
      FROM room_fact AS fact
      JOIN snapshot AS first ON first.snapshot_seq = fact.first_snapshot_seq
      JOIN snapshot AS last ON last.snapshot_seq = fact.last_snapshot_seq
      WHERE fact.room_key = room.room_key
      UNION ALL
      SELECT
        listed.allocation_no, snapshot.observed_at_ms, snapshot.observed_at_ms,
        listed.snapshot_seq
      FROM room_observation_allocation AS listed
      JOIN snapshot ON snapshot.snapshot_seq = listed.snapshot_seq
      WHERE listed.room_key = room.room_key
    ) AS said
    JOIN room_allocation AS named
      ON named.room_key = room.room_key AND named.allocation_no = said.allocation_no
    WINDOW one AS (PARTITION BY named.room_allocation_id, named.process_key)
  )
  WHERE place = 1
)) AS stay
JOIN room_allocation AS allocation
  ON allocation.room_key = room.room_key
  AND allocation.allocation_no = (SELECT part.value FROM json_each(stay.value) AS part WHERE part.key = 0)
LEFT JOIN process
  ON process.process_key = allocation.process_key
  AND room.room_key IN (
    SELECT listed.room_key
    FROM process_room AS listed
    WHERE listed.process_key = process.process_key
    UNION ALL
    SELECT somewhere.room_key
    FROM room_allocation AS somewhere
    WHERE somewhere.process_key = process.process_key AND somewhere.is_unlisted = 1
  )
WHERE likelihood(room.room_id <> '', 0.0001)
UNION ALL
SELECT
  room.room_id AS room_id,
  process.process_id AS process_id,
  NULL AS room_allocation_id,
  NULL AS scheduled_at_ms,
  NULL AS unscheduled_at_ms,
  (SELECT part.value FROM json_each(stay.value) AS part WHERE part.key = 1) AS first_seen_ms,
  (SELECT part.value FROM json_each(stay.value) AS part WHERE part.key = 2) AS last_seen_ms
FROM process
JOIN json_each((
  SELECT
    '[' || group_concat('[' || room_key || ',' || first_seen_ms || ',' || last_seen_ms || ']')
    || ']'
  FROM (
    SELECT
      listed.room_key AS room_key,
      min(told.first_seen_ms) AS first_seen_ms,
      max(told.last_seen_ms) AS last_seen_ms
    FROM (
      SELECT
        activity.room_set_no AS room_set_no,
        min(snapshot.observed_at_ms) AS first_seen_ms,
        max(snapshot.observed_at_ms) AS last_seen_ms
      FROM observation
      JOIN snapshot ON snapshot.snapshot_seq = observation.snapshot_seq
      JOIN process_activity AS activity
        ON activity.process_key = observation.process_key
        AND activity.activity_no = observation.activity_no
      WHERE observation.process_key = process.process_key AND activity.room_set_no > 0
      GROUP BY activity.room_set_no
    ) AS told
    CROSS JOIN process_room AS listed
      ON listed.process_key = process.process_key AND listed.room_set_no = told.room_set_no
    WHERE listed.is_unplaced = 1
    GROUP BY listed.room_key
  )
)) AS stay
JOIN room ON room.room_key = (SELECT part.value FROM json_each(stay.value) AS part WHERE part.key = 0)
WHERE likelihood(process.process_id <> '', 0.0001)
  AND process.process_key IN (
    SELECT somewhere.process_key
    FROM process_room AS somewhere
    WHERE somewhere.room_key = room.room_key AND somewhere.is_unplaced = 1
  )
  AND EXISTS (
    SELECT 1
    FROM process_room AS listed
    WHERE listed.process_key = process.process_key AND listed.is_unplaced = 1
  );

PRAGMA user_version = 11;
