-- add_changed_facts: all of them. Reads every fact, and what said those that later snapshots said too.
--
-- A fact comes from a document about rooms, or from the list of a process: the one that its
-- allocation names, or one where the room is unplaced.
WITH later AS (
  SELECT
    fact.room_key AS room_key,
    fact.room_fact_no AS room_fact_no,
    allocation.process_key AS process_key
  FROM main.room_fact AS fact
  LEFT JOIN main.room_allocation AS allocation
    ON allocation.room_key = fact.room_key AND allocation.allocation_no = fact.allocation_no
  WHERE fact.first_snapshot_seq > (SELECT known_seq FROM temp.known_state)
    OR fact.last_snapshot_seq > (SELECT known_seq FROM temp.known_state)
),
listed AS (
  SELECT
    later.room_key AS room_key,
    later.room_fact_no AS room_fact_no,
    later.process_key AS process_key
  FROM later
  WHERE later.process_key <= (SELECT last_key FROM temp.known_state)
  UNION
  SELECT later.room_key, later.room_fact_no, unplaced.process_key
  FROM later
  JOIN main.process_room AS unplaced
    ON unplaced.room_key = later.room_key AND unplaced.is_unplaced = 1
  WHERE unplaced.process_key <= (SELECT last_key FROM temp.known_state)
),
said AS (
  SELECT
    observed.room_key AS room_key,
    observed.room_fact_no AS room_fact_no,
    observed.snapshot_seq AS snapshot_seq
  FROM later
  JOIN main.room_observation AS observed
    ON observed.room_key = later.room_key AND observed.room_fact_no = later.room_fact_no
  UNION ALL
  SELECT listed.room_key, listed.room_fact_no, observation.snapshot_seq
  FROM listed
  CROSS JOIN main.process_room AS room
  CROSS JOIN main.process_activity AS activity
  CROSS JOIN main.observation AS observation
  WHERE room.process_key = listed.process_key
    AND room.room_key = listed.room_key
    AND room.room_fact_no = listed.room_fact_no
    AND activity.process_key = listed.process_key
    AND activity.room_set_no = room.room_set_no
    AND observation.process_key = listed.process_key
    AND observation.activity_no = activity.activity_no
)
INSERT INTO temp.changed_fact (room_key, room_fact_no, first_snapshot_seq, last_snapshot_seq)
SELECT DISTINCT
  said.room_key,
  said.room_fact_no,
  first_value(said.snapshot_seq) OVER (
    PARTITION BY said.room_key, said.room_fact_no
    ORDER BY snapshot.observed_at_ms, said.snapshot_seq
  ),
  first_value(said.snapshot_seq) OVER (
    PARTITION BY said.room_key, said.room_fact_no
    ORDER BY snapshot.observed_at_ms DESC, said.snapshot_seq DESC
  )
FROM said
JOIN main.snapshot AS snapshot ON snapshot.snapshot_seq = said.snapshot_seq
WHERE said.snapshot_seq <= (SELECT known_seq FROM temp.known_state);
