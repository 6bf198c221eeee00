-- list_listed_rooms: what a process's list said of its rooms.
--
-- in   :process_key  INTEGER
-- in   :room_set_no  INTEGER
-- out  room_key  INTEGER
-- out  room_fact_no  INTEGER
-- out  room_id  TEXT
-- out  app_key  INTEGER?
-- out  status_key  INTEGER?
-- out  room_config  TEXT?
-- out  room_allocation_id  ANY  NULL: there is none
-- out  allocated_process_id  TEXT?
-- out  scheduled_at_ms  INTEGER?
-- out  unscheduled_at_ms  INTEGER?
-- rows as they were listed
SELECT
  listed.room_key AS room_key,
  listed.room_fact_no AS room_fact_no,
  room.room_id AS room_id,
  fact.app_key AS app_key,
  fact.status_key AS status_key,
  (
    SELECT said.room_config
    FROM room_config_text AS said
    WHERE said.room_config_key = fact.room_config_key
  ) AS room_config,
  allocation.room_allocation_id AS room_allocation_id,
  process.process_id AS allocated_process_id,
  allocation.scheduled_at_ms AS scheduled_at_ms,
  allocation.unscheduled_at_ms AS unscheduled_at_ms
FROM process_room AS listed
JOIN room ON room.room_key = listed.room_key
JOIN room_fact AS fact
  ON fact.room_key = listed.room_key AND fact.room_fact_no = listed.room_fact_no
LEFT JOIN room_allocation AS allocation
  ON allocation.room_key = fact.room_key AND allocation.allocation_no = fact.allocation_no
LEFT JOIN process ON process.process_key = allocation.process_key
WHERE listed.process_key = :process_key AND listed.room_set_no = :room_set_no
ORDER BY listed.position;
