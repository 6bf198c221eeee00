-- list_stored_rooms: what every document about rooms said of each room.
--
-- out  snapshot_seq  INTEGER
-- out  room_key  INTEGER
-- out  restatement  INTEGER
-- out  room_id  TEXT
-- out  app_key  INTEGER?
-- out  status_key  INTEGER?
-- out  room_config  TEXT?
-- out  room_allocation_id  ANY  NULL: there is none
-- out  allocated_process_id  TEXT?
-- out  scheduled_at_ms  INTEGER?
-- out  unscheduled_at_ms  INTEGER?
-- rows by the time of their snapshots, then by when these became known; within one, by room
SELECT
  said.snapshot_seq AS snapshot_seq,
  said.room_key AS room_key,
  said.restatement AS restatement,
  room.room_id AS room_id,
  fact.app_key AS app_key,
  fact.status_key AS status_key,
  (
    SELECT config.room_config
    FROM room_config_text AS config
    WHERE config.room_config_key = fact.room_config_key
  ) AS room_config,
  allocation.room_allocation_id AS room_allocation_id,
  process.process_id AS allocated_process_id,
  allocation.scheduled_at_ms AS scheduled_at_ms,
  allocation.unscheduled_at_ms AS unscheduled_at_ms
FROM room_observation AS said
JOIN snapshot ON snapshot.snapshot_seq = said.snapshot_seq
JOIN room ON room.room_key = said.room_key
JOIN room_fact AS fact
  ON fact.room_key = said.room_key AND fact.room_fact_no = said.room_fact_no
LEFT JOIN room_allocation AS allocation
  ON allocation.room_key = fact.room_key AND allocation.allocation_no = fact.allocation_no
LEFT JOIN process ON process.process_key = allocation.process_key
ORDER BY snapshot.observed_at_ms, said.snapshot_seq, said.room_key, said.restatement;
