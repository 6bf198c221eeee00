-- 0007: views that answer for one process or one room from an index, whatever else is stored; and
-- first readings that do not hang on the order in which they came.
DROP VIEW activity_history;
DROP VIEW room_on_process;
DROP VIEW port_history;
CREATE INDEX IF NOT EXISTS process_room_by_room ON process_room (room_key, process_key);
CREATE INDEX IF NOT EXISTS room_allocation_by_process ON room_allocation (process_key);

-- One row is an activity that a process was seen with, and the span of the observations that said
-- so. What is gathered of one process comes as a JSON list: once over its observations, and over
-- those of no other when one is asked for.
CREATE VIEW activity_history AS
SELECT
  process.process_id AS process_id,
  (SELECT part.value FROM json_each(seen.value) AS part WHERE part.key = 1) AS first_seen_ms,
  (SELECT part.value FROM json_each(seen.value) AS part WHERE part.key = 2) AS last_seen_ms,
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
CROSS JOIN json_each((
  SELECT
    '[' || group_concat('[' || activity_no || ',' || first_seen_ms || ',' || last_seen_ms || ']')
    || ']'
  FROM (
    SELECT
      observation.activity_no AS activity_no,
      min(snapshot.observed_at_ms) AS first_seen_ms,
      max(snapshot.observed_at_ms) AS last_seen_ms
    FROM observation
    JOIN snapshot ON snapshot.snapshot_seq = observation.snapshot_seq
    WHERE observation.process_key = process.process_key
    GROUP BY observation.activity_no
  )
)) AS seen
CROSS JOIN process_activity AS activity
  ON activity.process_key = process.process_key AND activity.activity_no = (SELECT part.value FROM json_each(seen.value) AS part WHERE part.key = 0);

-- One row is a stay of a room on a process: an allocation as it was last known, or (with a NULL
-- allocation) a room that a process listed without saying how it came there.
--
-- What is gathered of one room, or of one process, comes as a list of lists of numbers, in JSON: so
-- that it is gathered once for each, and for no other when one is asked for. Only json_each takes it
-- apart: hardened clients allow no other function of JSON in a view. The likelihoods tell SQLite where to begin when
-- none is: with every room, and with every process.
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
    SELECT somewhere.room_key
    FROM room_allocation AS somewhere
    WHERE somewhere.process_key = process.process_key
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
    JOIN room_fact AS fact
      ON fact.room_key = listed.room_key AND fact.room_fact_no = listed.room_fact_no
    LEFT JOIN room_allocation AS allocation
      ON allocation.room_key = fact.room_key AND allocation.allocation_no = fact.allocation_no
    WHERE allocation.process_key IS NOT listed.process_key
    GROUP BY listed.room_key
  )
)) AS stay
JOIN room ON room.room_key = (SELECT part.value FROM json_each(stay.value) AS part WHERE part.key = 0)
WHERE likelihood(process.process_id <> '', 0.0001)
  AND process.process_key IN (
    SELECT somewhere.process_key
    FROM process_room AS somewhere
    WHERE somewhere.room_key = room.room_key
  )
  AND EXISTS (
    SELECT 1
    FROM process_room AS listed
    JOIN room_fact AS fact
      ON fact.room_key = listed.room_key AND fact.room_fact_no = listed.room_fact_no
    LEFT JOIN room_allocation AS allocation
      ON allocation.room_key = fact.room_key AND allocation.allocation_no = fact.allocation_no
    WHERE listed.process_key = process.process_key
      AND allocation.process_key IS NOT listed.process_key
  );

-- One row is a port that a process exposed, with the span of the observations that listed it so.
-- What is gathered of one process comes as a JSON list: for no other when one is asked for.
CREATE VIEW port_history AS
SELECT
  process.process_id AS process_id,
  name.label AS name,
  transport_type.label AS transport_type,
  host.label AS host,
  (SELECT part.value FROM json_each(exposed.value) AS part WHERE part.key = 3) AS port,
  (SELECT part.value FROM json_each(exposed.value) AS part WHERE part.key = 4) AS is_main,
  (SELECT part.value FROM json_each(exposed.value) AS part WHERE part.key = 5) AS first_seen_ms,
  (SELECT part.value FROM json_each(exposed.value) AS part WHERE part.key = 6) AS last_seen_ms
FROM process
CROSS JOIN json_each((
  SELECT
    '[' || group_concat(
      '[' || coalesce(name_key, 'null') || ',' || coalesce(transport_type_key, 'null') || ','
      || coalesce(host_key, 'null') || ',' || coalesce(port, 'null') || ',' || is_main || ','
      || first_seen_ms || ',' || last_seen_ms || ']'
    ) || ']'
  FROM (
    SELECT
      port.name_key AS name_key,
      port.transport_type_key AS transport_type_key,
      port.host_key AS host_key,
      port.port AS port,
      max(port.position = 0) AS is_main,
      min(said.observed_at_ms - attribute.first_seen_before_ms) AS first_seen_ms,
      max(attribute.last_seen_ms) AS last_seen_ms
    FROM process_attribute AS attribute
    JOIN snapshot AS said ON said.snapshot_seq = attribute.snapshot_seq
    JOIN port
      ON port.process_key = attribute.process_key
      AND port.port_set_no = attribute.port_set_no
    WHERE attribute.process_key = process.process_key
    GROUP BY port.name_key, port.transport_type_key, port.host_key, port.port
  )
)) AS exposed
LEFT JOIN label AS name ON name.label_key = (SELECT part.value FROM json_each(exposed.value) AS part WHERE part.key = 0)
LEFT JOIN label AS transport_type ON transport_type.label_key = (SELECT part.value FROM json_each(exposed.value) AS part WHERE part.key = 1)
LEFT JOIN label AS host ON host.label_key = (SELECT part.value FROM json_each(exposed.value) AS part WHERE part.key = 2);

-- Of several readings after the end the first that came was kept as the first that was made.
UPDATE process_meter
SET
  first_reading_ms = (
    SELECT min(snapshot.observed_at_ms)
    FROM observation
    JOIN snapshot ON snapshot.snapshot_seq = observation.snapshot_seq
    WHERE observation.process_key = process_meter.process_key
      AND observation.egressed_bytes IS NOT NULL
  )
WHERE first_reading_ms > (
  SELECT process.terminated_at_ms
  FROM process
  WHERE process.process_key = process_meter.process_key
);

PRAGMA user_version = 7;
