-- list_prunable: the processes that were last seen before an instant, and which of them no answer about it or a later one can need.
--
-- in   :before_ms  INTEGER
-- in   :longest_life_ms  INTEGER  what a process without an end is believed to live at most
-- out  process_key  INTEGER
-- out  process_id  TEXT
-- out  from_ms  INTEGER  nothing that it adds begins before
-- out  to_ms  INTEGER  its last reading is not later
-- out  has_end  INTEGER  1: it was told to stop, ended, or was proven gone
-- out  is_over  INTEGER  1: its life was over before the instant, whatever is believed of lists
-- rows by process_key, without those whose observations were moved already
SELECT
  process.process_key AS process_key,
  process.process_id AS process_id,
  meter.from_ms AS from_ms,
  meter.to_ms AS to_ms,
  CASE
    WHEN process.stopping_at_ms IS NULL
      AND process.terminated_at_ms IS NULL
      AND process.gone_ms IS NULL THEN 0
    ELSE 1
  END AS has_end,
  CASE
    WHEN meter.irregular = 1 OR meter.to_ms >= :before_ms THEN 0
    WHEN coalesce(meter.tail_ms, meter.to_ms) >= :before_ms THEN 0
    WHEN coalesce(process.gone_ms, meter.to_ms) >= :before_ms THEN 0
    WHEN process.terminated_at_ms IS NOT NULL THEN 1
    WHEN process.last_seen_ms + :longest_life_ms >= :before_ms THEN 0
    WHEN process.started_at_ms + :longest_life_ms >= :before_ms THEN 0
    WHEN process.starting_at_ms + :longest_life_ms >= :before_ms THEN 0
    ELSE 1
  END AS is_over
FROM process
JOIN process_meter AS meter ON meter.process_key = process.process_key
LEFT JOIN pruned_process AS pruned ON pruned.process_key = process.process_key
WHERE process.last_seen_ms < :before_ms AND pruned.process_key IS NULL
ORDER BY process.process_key;
