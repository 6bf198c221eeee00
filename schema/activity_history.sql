-- One row is an activity that a process was seen with, and the span of the observations that said
-- so. What is gathered of one process comes as a JSON list: once over its observations, and over
-- those of no other when one is asked for.
-- Only SQLite has this json_each: in PostgreSQL the view would need a LATERAL join.
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
