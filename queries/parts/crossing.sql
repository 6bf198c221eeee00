-- crossing: one row is a row of cut and the straight line of its counter across the bound.
-- needs: neighbour

-- The line between the two readings: gain_bytes in span_ms, of which elapsed_ms lie before the
-- bound. While surely nothing had left yet, the upper curve may not rise.
crossing AS MATERIALIZED (
  SELECT
    process_key,
    period_no,
    side,
    bytes,
    bound_ms - coalesce(at_ms, zero_ms) AS elapsed_ms,
    next_at_ms - coalesce(at_ms, zero_ms) AS span_ms,
    CASE
      WHEN bound_ms <= coalesce(at_ms, nothing_until_ms, next_at_ms - :max_lifespan_ms) THEN 0
      ELSE 1
    END AS may_rise,
    (
      SELECT
        CASE
          WHEN max(reading.bytes) <= neighbour.bytes THEN 0
          ELSE max(reading.bytes) - neighbour.bytes
        END
      FROM egress_reading AS reading
      WHERE reading.process_key = neighbour.process_key
        AND reading.at_ms = neighbour.next_at_ms
    ) AS gain_bytes
  FROM neighbour
)
