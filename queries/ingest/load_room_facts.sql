-- load_room_facts: every fact of one room, in the order they were met.
--
-- in   :room_key  INTEGER
-- in   :unsaved_at_ms  INTEGER  of the document being written, which has no row yet
-- out  app_key  INTEGER?
-- out  status_key  INTEGER?
-- out  room_config  TEXT?
-- out  allocation_no  INTEGER?
-- out  first_seen_ms  INTEGER
-- out  first_snapshot_seq  INTEGER
-- out  last_seen_ms  INTEGER
-- out  last_snapshot_seq  INTEGER
SELECT
  fact.app_key AS app_key,
  fact.status_key AS status_key,
  (
    SELECT said.room_config
    FROM room_config_text AS said
    WHERE said.room_config_key = fact.room_config_key
  ) AS room_config,
  fact.allocation_no AS allocation_no,
  coalesce(first.observed_at_ms, :unsaved_at_ms) AS first_seen_ms,
  fact.first_snapshot_seq AS first_snapshot_seq,
  coalesce(last.observed_at_ms, :unsaved_at_ms) AS last_seen_ms,
  fact.last_snapshot_seq AS last_snapshot_seq
FROM room_fact AS fact
LEFT JOIN snapshot AS first ON first.snapshot_seq = fact.first_snapshot_seq
LEFT JOIN snapshot AS last ON last.snapshot_seq = fact.last_snapshot_seq
WHERE fact.room_key = :room_key
ORDER BY fact.room_fact_no;
