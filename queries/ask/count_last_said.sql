-- count_last_said: compares what processes keep of their last observations, beside what bills depend on, with these.
--
-- out  processes  INTEGER
-- out  faults  INTEGER
-- out  first_process_id  TEXT?  the first at fault; NULL: none is
-- rows exactly one
--
-- A timestamp is the last one that was said, by the time of the observation and then its number.
SELECT
  counted.processes AS processes,
  counted.faults AS faults,
  (
    SELECT first.process_id
    FROM process AS first
    WHERE first.process_key = counted.first_key
  ) AS first_process_id
FROM (
  SELECT
    count(*) AS processes,
    count(CASE WHEN told.is_fault = 1 THEN 1 END) AS faults,
    min(CASE WHEN told.is_fault = 1 THEN told.process_key END) AS first_key
  FROM (
    SELECT
      process.process_key AS process_key,
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
  ) AS told
) AS counted;
