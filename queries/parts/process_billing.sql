-- process_billing: one row is a process and a period, and how long it was billable there.
-- needs: period

-- part: billed_span,
-- What of a process's billable time lies in a period, which never ends after the as-of. A process
-- without a start has none.
process_billing AS (
  SELECT
    period.period_no AS period_no,
    billed_span.process_key AS process_key,
    billed_span.rule AS rule,
    billed_span.start_ms AS start_ms,
    billed_span.end_ms AS end_ms,
    CASE
      WHEN billed_span.start_ms < billed_span.end_ms
        AND billed_span.start_ms < period.to_ms
        AND period.from_ms < billed_span.end_ms
        THEN
          CASE
            WHEN billed_span.end_ms < period.to_ms THEN billed_span.end_ms
            ELSE period.to_ms
          END
          - CASE
            WHEN billed_span.start_ms < period.from_ms THEN period.from_ms
            ELSE billed_span.start_ms
          END
      ELSE 0
    END AS billable_ms,
    CASE
      WHEN billed_span.start_ms < billed_span.end_lo_ms
        AND billed_span.start_ms < period.to_ms
        AND period.from_ms < billed_span.end_lo_ms
        THEN
          CASE
            WHEN billed_span.end_lo_ms < period.to_ms THEN billed_span.end_lo_ms
            ELSE period.to_ms
          END
          - CASE
            WHEN billed_span.start_ms < period.from_ms THEN period.from_ms
            ELSE billed_span.start_ms
          END
      ELSE 0
    END AS billable_ms_lo,
    CASE
      WHEN billed_span.start_ms < billed_span.end_hi_ms
        AND billed_span.start_ms < period.to_ms
        AND period.from_ms < billed_span.end_hi_ms
        THEN
          CASE
            WHEN billed_span.end_hi_ms < period.to_ms THEN billed_span.end_hi_ms
            ELSE period.to_ms
          END
          - CASE
            WHEN billed_span.start_ms < period.from_ms THEN period.from_ms
            ELSE billed_span.start_ms
          END
      ELSE 0
    END AS billable_ms_hi
  FROM billed_span
  CROSS JOIN period
)
