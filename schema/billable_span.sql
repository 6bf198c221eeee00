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
    WHEN coalesce(stopping_at_ms, terminated_at_ms) < started_at_ms THEN NULL
    WHEN coalesce(started_at_ms, stopping_at_ms, terminated_at_ms) IS NULL THEN last_seen_ms
    ELSE started_at_ms
  END AS start_ms,
  coalesce(stopping_at_ms, terminated_at_ms) AS end_ms,
  CASE
    WHEN stopping_at_ms IS NOT NULL THEN stopping_at_ms
    WHEN terminated_at_ms IS NULL THEN last_seen_ms
    ELSE min(
      terminated_at_ms,
      coalesce(
        (
          SELECT max(unended.last_seen_ms)
          FROM process_attribute AS unended
          WHERE unended.process_key = process.process_key AND unended.terminated_at_ms IS NULL
        ),
        started_at_ms
      )
    )
  END AS end_lo_ms,
  last_seen_ms
FROM process
WHERE last_seen_ms IS NOT NULL;
