-- billed_stretch: one row is a process that was billable in a period, and the stretch of it there.
-- needs: period

-- part: billed_span,
-- The billable time (the point) of those that have any in a period, and what of it lies there.
billed_stretch AS NOT MATERIALIZED (
  SELECT process_key, rule, start_ms, end_ms, end_hi_ms, from_ms, to_ms
  FROM (
    SELECT
      billed_span.process_key AS process_key,
      billed_span.rule AS rule,
      billed_span.start_ms AS start_ms,
      billed_span.end_ms AS end_ms,
      billed_span.end_hi_ms AS end_hi_ms,
      CASE
        WHEN billed_span.start_ms < period.from_ms THEN period.from_ms
        ELSE billed_span.start_ms
      END AS from_ms,
      CASE WHEN billed_span.end_ms < period.to_ms THEN billed_span.end_ms ELSE period.to_ms END
        AS to_ms
    FROM billed_span
    CROSS JOIN period
  ) AS clipped
  WHERE from_ms < to_ms
)
