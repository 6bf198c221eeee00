-- room_columns: what was said of a room.
-- needs: room, fact, allocation, process
--
-- allocation is the current one, and process where that is; both may be absent. room_contract
-- declares the columns.

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
