-- list_last_said: whether what processes keep of their last observations, beside what bills depend on, is what these say.
--
-- out  process_id  TEXT
-- out  is_fault  INTEGER  1: it is something else
-- rows by process_key
--
-- A timestamp is the last one that was said, by the time of the observation and then its number.
-- Observations that were moved to a file cannot be asked.
SELECT
  process.process_id AS process_id,
  CASE
    WHEN pruned.process_key IS NULL AND coalesce(process.latest_activity_no, -1) <> coalesce(
      (
        SELECT observation.activity_no
        FROM observation
        WHERE observation.process_key = process.process_key
          AND observation.snapshot_seq = process.latest_snapshot_seq
          AND observation.restatement = process.latest_restatement
      ), -1
    ) THEN 1
    WHEN coalesce(process.scheduled_at_ms, -1) <> coalesce(
      (
        SELECT said.scheduled_at_ms
        FROM process_attribute AS said
        WHERE said.process_key = process.process_key AND said.scheduled_at_ms IS NOT NULL
        ORDER BY said.last_seen_ms DESC, said.last_snapshot_seq DESC, said.last_restatement DESC
        LIMIT 1
      ), -1
    ) THEN 1
    WHEN coalesce(process.booted_at_ms, -1) <> coalesce(
      (
        SELECT said.booted_at_ms
        FROM process_attribute AS said
        WHERE said.process_key = process.process_key AND said.booted_at_ms IS NOT NULL
        ORDER BY said.last_seen_ms DESC, said.last_snapshot_seq DESC, said.last_restatement DESC
        LIMIT 1
      ), -1
    ) THEN 1
    ELSE 0
  END AS is_fault
FROM process
LEFT JOIN pruned_process AS pruned ON pruned.process_key = process.process_key
ORDER BY process.process_key;
