-- neighbour: one row is a row of cut and the readings on both sides of its bound.
-- needs: cut

-- The total at the bound, and when the counter was read last before it and first after.
neighbour AS MATERIALIZED (
  SELECT
    cut.process_key AS process_key,
    cut.period_no AS period_no,
    cut.side AS side,
    cut.bound_ms AS bound_ms,
    max(reading.zero_ms) AS zero_ms,
    max(reading.nothing_until_ms) AS nothing_until_ms,
    max(CASE WHEN reading.at_ms <= cut.bound_ms THEN reading.bytes ELSE 0 END) AS bytes,
    max(CASE WHEN reading.at_ms <= cut.bound_ms THEN reading.at_ms END) AS at_ms,
    min(CASE WHEN reading.at_ms > cut.bound_ms THEN reading.at_ms END) AS next_at_ms
  FROM cut
  CROSS JOIN egress_reading AS reading
  WHERE reading.process_key = cut.process_key
  GROUP BY cut.process_key, cut.period_no, cut.side, cut.bound_ms
)
