-- list_room_spans: which snapshots said each fact of a room first and last, as it is kept and as lists of processes and documents about rooms say it; but for rooms that a process lists whose observations were moved to a file.
--
-- out  room_id  TEXT
-- out  room_fact_no  INTEGER
-- out  first_snapshot_seq  INTEGER  as it is kept
-- out  last_snapshot_seq  INTEGER
-- out  said_first_seq  INTEGER?  as it was said; NULL: nothing said it
-- out  said_last_seq  INTEGER?
-- rows by room, then by room_fact_no
WITH
placed AS (  -- snapshots in the order in which they count
  SELECT
    snapshot_seq,
    row_number() OVER (ORDER BY observed_at_ms, snapshot_seq) AS place
  FROM snapshot
),
listed AS (  -- the lists of rooms of each process
  SELECT
    observation.process_key AS process_key,
    activity.room_set_no AS room_set_no,
    min(placed.place) AS first_place,
    max(placed.place) AS last_place
  FROM observation
  JOIN placed ON placed.snapshot_seq = observation.snapshot_seq
  JOIN process_activity AS activity
    ON activity.process_key = observation.process_key
    AND activity.activity_no = observation.activity_no
  WHERE activity.room_set_no > 0
  GROUP BY observation.process_key, activity.room_set_no
),
said AS (
  SELECT room_key, room_fact_no, min(first_place) AS first_place, max(last_place) AS last_place
  FROM (
    SELECT
      named.room_key AS room_key,
      named.room_fact_no AS room_fact_no,
      listed.first_place AS first_place,
      listed.last_place AS last_place
    FROM listed
    JOIN process_room AS named
      ON named.process_key = listed.process_key AND named.room_set_no = listed.room_set_no
    UNION ALL
    SELECT
      told.room_key AS room_key,
      told.room_fact_no AS room_fact_no,
      placed.place AS first_place,
      placed.place AS last_place
    FROM room_observation AS told
    JOIN placed ON placed.snapshot_seq = told.snapshot_seq
  ) AS every
  GROUP BY room_key, room_fact_no
)
SELECT
  room.room_id AS room_id,
  fact.room_fact_no AS room_fact_no,
  fact.first_snapshot_seq AS first_snapshot_seq,
  fact.last_snapshot_seq AS last_snapshot_seq,
  first.snapshot_seq AS said_first_seq,
  last.snapshot_seq AS said_last_seq
FROM room_fact AS fact
JOIN room ON room.room_key = fact.room_key
LEFT JOIN said ON said.room_key = fact.room_key AND said.room_fact_no = fact.room_fact_no
LEFT JOIN placed AS first ON first.place = said.first_place
LEFT JOIN placed AS last ON last.place = said.last_place
WHERE fact.room_key NOT IN (
    SELECT named.room_key
    FROM pruned_process AS pruned
    JOIN process_room AS named ON named.process_key = pruned.process_key
  )
ORDER BY fact.room_key, fact.room_fact_no;
