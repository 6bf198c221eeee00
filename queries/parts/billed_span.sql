-- billed_span: one row is an observed process, the begin and end of its billable time, and why.
-- needs: present

-- The table of ends. A process without an end is gone when a list proves it, runs on if it was seen
-- lately, and else was lost from sight: an orphan. The LIMIT keeps all rows; because of it SQLite
-- works each column out once, and does not repeat its text wherever the column is named.
billed_span AS NOT MATERIALIZED (
  SELECT
    known.process_key AS process_key,
    CASE
      WHEN known.end_ms IS NOT NULL OR known.rule = 'starting' THEN known.rule
      WHEN known.gone_by_ms IS NOT NULL THEN 'gone'
      WHEN :as_of_ms - known.last_seen_ms <= :grace_ms THEN 'running'
      ELSE 'orphan'
    END AS rule,
    known.start_ms AS start_ms,
    CASE
      WHEN known.end_ms IS NOT NULL THEN known.end_ms
      WHEN known.rule = 'starting' THEN known.last_seen_ms
      WHEN (known.gone_by_ms - known.last_seen_ms) / 2 > :grace_ms
        THEN known.last_seen_ms + :grace_ms
      WHEN known.gone_by_ms IS NOT NULL
        THEN known.last_seen_ms + (known.gone_by_ms - known.last_seen_ms) / 2
      WHEN :as_of_ms - known.last_seen_ms <= :grace_ms THEN :as_of_ms
      ELSE known.last_seen_ms
    END AS end_ms,
    known.end_lo_ms AS end_lo_ms,
    CASE
      WHEN known.end_ms IS NOT NULL THEN known.end_ms
      WHEN known.gone_by_ms IS NOT NULL THEN known.gone_by_ms
      WHEN known.rule <> 'starting' AND :as_of_ms - known.last_seen_ms <= :grace_ms
        THEN :as_of_ms
      WHEN known.start_ms + :max_lifespan_ms > known.last_seen_ms
        THEN known.start_ms + :max_lifespan_ms
      ELSE known.last_seen_ms
    END AS end_hi_ms
  FROM (
    SELECT
      process_key,
      rule,
      start_ms,
      end_ms,
      end_lo_ms,
      last_seen_ms,
      CASE
        WHEN gone_ms IS NULL OR :trust_absence = 0 THEN NULL
        WHEN gone_ms <= start_ms + :max_lifespan_ms THEN gone_ms
        WHEN start_ms + :max_lifespan_ms > last_seen_ms THEN start_ms + :max_lifespan_ms
        ELSE last_seen_ms
      END AS gone_by_ms
    FROM (
      SELECT
        span.process_key AS process_key,
        span.rule AS rule,
        span.start_ms AS start_ms,
        span.end_ms AS end_ms,
        span.end_lo_ms AS end_lo_ms,
        span.last_seen_ms AS last_seen_ms,
        span.gone_ms AS gone_ms
      FROM sought
      CROSS JOIN billable_span AS span
      WHERE +sought.is_large = 1
      UNION ALL
      SELECT
        span.process_key, span.rule, span.start_ms, span.end_ms, span.end_lo_ms,
        span.last_seen_ms, span.gone_ms
      FROM present
      CROSS JOIN billable_span AS span
      WHERE span.process_key = present.process_key
    ) AS span
  ) AS known
  LIMIT 9223372036854775807
)
