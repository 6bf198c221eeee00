-- cut: one row is a bound of a period and a process whose counter rose before it and after it.
-- needs: period, longest_life, extent

-- The processes whose curve a bound of a period cuts: the readings of no other are needed. The side
-- is -1 where the period begins and 1 where it ends.
cut AS MATERIALIZED (
  SELECT
    meter.process_key AS process_key,
    bound.period_no AS period_no,
    bound.side AS side,
    bound.bound_ms AS bound_ms
  FROM (
    SELECT period_no, -1 AS side, from_ms AS bound_ms FROM period
    UNION ALL
    SELECT period_no, 1 AS side, to_ms AS bound_ms FROM period
  ) AS bound
  CROSS JOIN longest_life
  CROSS JOIN extent
  CROSS JOIN process_meter AS meter
  WHERE meter.extent = extent.extent
    AND meter.from_ms > bound.bound_ms - extent.reach_ms
    AND meter.from_ms < bound.bound_ms + longest_life.extra_ms
    AND meter.last_reading_ms > bound.bound_ms
    AND (
      meter.rise_ms < bound.bound_ms
      OR (
        meter.rise_ms <= meter.first_reading_ms - longest_life.stored_ms
        AND meter.rise_ms - longest_life.extra_ms < bound.bound_ms
      )
    )
)
