-- load_room_facts: every fact of one room, in the order they were met.
--
-- in   :room_key  INTEGER
-- out  app_key  INTEGER
-- out  status_key  INTEGER
-- out  room_config_key  INTEGER
-- out  allocation_no  INTEGER
-- out  first_seen_ms  INTEGER
-- out  last_seen_ms  INTEGER
-- out  last_snapshot_seq  INTEGER
SELECT
  app_key,
  status_key,
  room_config_key,
  allocation_no,
  first_seen_ms,
  last_seen_ms,
  last_snapshot_seq
FROM room_fact
WHERE room_key = :room_key
ORDER BY room_fact_no;
