-- restated_observations: processes of which different things were said for one instant.
--
-- in   :from_ms  INTEGER  unix ms, inclusive
-- in   :to_ms  INTEGER  unix ms, inclusive: the last poll stands at the as-of itself
-- out  observed_at_ms  INTEGER  unix ms
-- out  process_id  TEXT
-- out  observations  INTEGER  different ones of this process at this instant
-- out  documents  INTEGER  that they stand in
-- out  attribute_variants  INTEGER  1: they agree on timestamps, status, place and ports
-- out  activity_variants  INTEGER  1: they agree on rooms and connections
-- out  lowest_egressed_bytes  INTEGER  NULL when none said a counter
-- out  highest_egressed_bytes  INTEGER  the one that counts for this instant
-- rows one per process and instant with several observations, by time, then by id
--
-- A running list and a stopped list saved together are the usual cause, and harmless: both count.
-- Worth a look is a counter that differs for one instant, or a place that does.
--
-- Only instants with a document that restated something are looked at. Reads every observation of
-- the processes seen between the first and the last of them in the window; none if there is none.
WITH RECURSIVE
restated_instant AS MATERIALIZED (
  SELECT DISTINCT observed_at_ms
  FROM snapshot
  WHERE restated_count > 0 AND observed_at_ms >= :from_ms AND observed_at_ms <= :to_ms
),
-- part: extent,
seen_window AS (
  SELECT min(observed_at_ms) AS from_ms, max(observed_at_ms) AS to_ms FROM restated_instant
),
-- part: seen_process,
said AS MATERIALIZED (
  SELECT
    snapshot.observed_at_ms AS observed_at_ms,
    observation.process_key AS process_key,
    observation.snapshot_seq AS snapshot_seq,
    observation.attribute_no AS attribute_no,
    observation.activity_no AS activity_no,
    CASE
      WHEN observation.egressed_bytes < 0 THEN observation.egressed_bytes + 4294967296
      ELSE observation.egressed_bytes
    END AS egressed_bytes
  FROM seen_process AS seen
  CROSS JOIN process
  CROSS JOIN observation
  CROSS JOIN snapshot
  WHERE process.process_key = seen.process_key
    AND observation.process_key = process.process_key
    AND snapshot.snapshot_seq = observation.snapshot_seq
    AND process.first_seen_ms <= (SELECT max(observed_at_ms) FROM restated_instant)
    AND process.last_seen_ms >= (SELECT min(observed_at_ms) FROM restated_instant)
    AND observation.snapshot_seq IN (
      SELECT told.snapshot_seq
      FROM restated_instant
      CROSS JOIN snapshot AS told
      WHERE told.observed_at_ms = restated_instant.observed_at_ms
    )
),
restated AS MATERIALIZED (
  SELECT
    observed_at_ms,
    process_key,
    count(*) AS observations,
    count(DISTINCT snapshot_seq) AS documents,
    count(DISTINCT attribute_no) AS attribute_variants,
    min(egressed_bytes) AS lowest_egressed_bytes,
    max(egressed_bytes) AS highest_egressed_bytes
  FROM said
  GROUP BY observed_at_ms, process_key
  HAVING count(*) > 1
),
-- Equal activities may have several numbers, and equal lists of rooms too: late documents are
-- compared with the newest ones only. So what they say is compared here.
restated_activity AS MATERIALIZED (
  SELECT DISTINCT
    said.observed_at_ms AS observed_at_ms,
    said.process_key AS process_key,
    said.activity_no AS activity_no
  FROM restated
  JOIN said
    ON said.observed_at_ms = restated.observed_at_ms
    AND said.process_key = restated.process_key
),
said_activity AS (
  SELECT DISTINCT
    restated_activity.observed_at_ms AS observed_at_ms,
    restated_activity.process_key AS process_key,
    told.rooms_allocated AS rooms_allocated,
    told.rooms_allocated_updated_at_ms AS rooms_allocated_updated_at_ms,
    told.active_connections AS active_connections,
    told.active_connections_updated_after_ms AS active_connections_updated_after_ms,
    told.room_slots_available AS room_slots_available,
    told.room_slots_available_updated_after_ms AS room_slots_available_updated_after_ms,
    told.idle_since_after_ms AS idle_since_after_ms,
    told.total_rooms AS total_rooms,
    -- The first of the lists at this instant that have the same rooms.
    (
      SELECT min(other.room_set_no)
      FROM restated_activity AS beside
      JOIN process_activity AS other
        ON other.process_key = beside.process_key AND other.activity_no = beside.activity_no
      WHERE beside.observed_at_ms = restated_activity.observed_at_ms
        AND beside.process_key = restated_activity.process_key
        AND NOT EXISTS (
          SELECT listed.room_key
          FROM process_room AS listed
          WHERE listed.process_key = told.process_key AND listed.room_set_no = told.room_set_no
          EXCEPT
          SELECT listed.room_key
          FROM process_room AS listed
          WHERE listed.process_key = other.process_key AND listed.room_set_no = other.room_set_no
        )
        AND NOT EXISTS (
          SELECT listed.room_key
          FROM process_room AS listed
          WHERE listed.process_key = other.process_key AND listed.room_set_no = other.room_set_no
          EXCEPT
          SELECT listed.room_key
          FROM process_room AS listed
          WHERE listed.process_key = told.process_key AND listed.room_set_no = told.room_set_no
        )
        AND told.room_set_no IS NOT NULL
    ) AS room_set_no
  FROM restated_activity
  JOIN process_activity AS told
    ON told.process_key = restated_activity.process_key
    AND told.activity_no = restated_activity.activity_no
),
activity_variant AS (
  SELECT observed_at_ms, process_key, count(*) AS variants
  FROM said_activity
  GROUP BY observed_at_ms, process_key
)
SELECT
  restated.observed_at_ms AS observed_at_ms,
  process.process_id AS process_id,
  restated.observations AS observations,
  restated.documents AS documents,
  restated.attribute_variants AS attribute_variants,
  activity_variant.variants AS activity_variants,
  restated.lowest_egressed_bytes AS lowest_egressed_bytes,
  restated.highest_egressed_bytes AS highest_egressed_bytes
FROM restated
JOIN activity_variant
  ON activity_variant.observed_at_ms = restated.observed_at_ms
  AND activity_variant.process_key = restated.process_key
JOIN process ON process.process_key = restated.process_key
ORDER BY observed_at_ms, process_id;
