-- One row is a stay of a room on a process: an allocation as it was last known, or (with a NULL
-- allocation) a room that a process listed without saying how it came there.
--
-- What is gathered of one room, or of one process, comes as a list of lists of numbers, in JSON: so
-- that it is gathered once for each, and for no other when one is asked for. Only json_each takes it
-- apart: hardened clients allow no other function of JSON in a view. The likelihoods tell SQLite
-- where to begin when none is: with every room, and with every process. Only SQLite has these
-- functions; queries/parts/clipped_stay.sql says the same of all rooms in any SQL.
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
