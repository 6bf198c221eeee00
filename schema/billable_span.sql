-- One row is an observed process and what is known of the begin and end of its billable time,
-- whatever the as-of. One that never started, or started after its end, has no start.
CREATE VIEW billable_span AS
SELECT
  process_key,
  CASE
    WHEN stopping_at_ms IS NOT NULL THEN 'complete'
    WHEN terminated_at_ms IS NOT NULL THEN 'no_stop_order'
    WHEN started_at_ms IS NOT NULL THEN 'unended'
    ELSE 'starting'
  END AS rule,
  CASE
    WHEN started_at_ms <= coalesce(stopping_at_ms, terminated_at_ms) THEN started_at_ms
    WHEN coalesce(stopping_at_ms, terminated_at_ms) IS NOT NULL THEN NULL
    ELSE coalesce(started_at_ms, last_seen_ms)
  END AS start_ms,
  coalesce(stopping_at_ms, terminated_at_ms) AS end_ms,
  CASE
    WHEN stopping_at_ms IS NOT NULL THEN stopping_at_ms
    WHEN terminated_at_ms IS NULL THEN last_seen_ms
    ELSE (
      SELECT
        CASE
          WHEN coalesce(max(unended.last_seen_ms), process.started_at_ms)
            > process.terminated_at_ms THEN process.terminated_at_ms
          ELSE coalesce(max(unended.last_seen_ms), process.started_at_ms)
        END
      FROM process_attribute AS unended
      WHERE unended.process_key = process.process_key AND unended.terminated_at_ms IS NULL
    )
  END AS end_lo_ms,
  last_seen_ms,
  gone_ms  -- of an unended one: a list proves that it had stopped by then
FROM process
WHERE last_seen_ms IS NOT NULL;
