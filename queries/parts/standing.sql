-- standing: one row is a row of cut and where the three curves of its process stand at the bound.
-- needs: crossing

-- The three curves at the bound. The line is bytes * elapsed / span. To stay in 64 bits the bytes
-- are divided by the span first, and the elapsed time is taken in two parts: the whole units of
-- 2^20 ms, and the rest.
standing AS (
  SELECT
    process_key,
    period_no,
    side,
    bytes AS lower_bytes,
    bytes + may_rise * gain_bytes AS upper_bytes,
    CASE
      WHEN elapsed_ms > 0 THEN
        bytes + gain_bytes / span_ms * elapsed_ms
        + gain_bytes % span_ms * (elapsed_ms / 1048576) / span_ms * 1048576
        + (
          gain_bytes % span_ms * (elapsed_ms / 1048576) % span_ms * 1048576
          + gain_bytes % span_ms * (elapsed_ms % 1048576)
        ) / span_ms
      ELSE bytes
    END AS point_bytes
  FROM crossing
)
