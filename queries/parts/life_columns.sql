-- life_columns: eight columns, what is known of the life of a process from its summary.
-- needs: process

process.starting_at_ms AS starting_at_ms,
process.started_at_ms AS started_at_ms,
process.stopping_at_ms AS stopping_at_ms,
process.terminated_at_ms AS terminated_at_ms,
process.gone_ms AS gone_ms,
process.first_seen_ms AS first_seen_ms,
process.last_seen_ms AS last_seen_ms,
CASE
  WHEN process.stopping_at_ms IS NULL AND process.terminated_at_ms IS NOT NULL THEN (
    SELECT max(alive.last_seen_ms)
    FROM process_attribute AS alive
    WHERE alive.process_key = process.process_key AND alive.terminated_at_ms IS NULL
  )
END AS last_alive_ms
