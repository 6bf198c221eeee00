-- process_curve: one row is a process and a period in which it may have sent something.
-- needs: period, longest_life, sought_curve

-- Up to its rise a curve is 0, and from its last reading on its total; a process is gone at
-- death_ms at the latest. Whatever else is said of one that ended lies between from_ms and to_ms.
process_curve AS (
  SELECT
    period.period_no AS period_no,
    period.from_ms AS from_ms,
    period.to_ms AS to_ms,
    life.process_key AS process_key,
    life.app_key AS app_key,
    life.deployment_key AS deployment_key,
    life.region_key AS region_key,
    life.started_at_ms AS started_at_ms,
    life.last_reading_ms AS last_reading_ms,
    life.is_open_ended AS is_open_ended,
    -- part: life_span,
    CASE
      WHEN life.last_reading_ms > period.from_ms AND life.last_reading_ms <= period.to_ms
        THEN life.egress_bytes
      ELSE 0
    END AS total_bytes
  FROM sought_curve AS life
  CROSS JOIN period
  WHERE life.from_ms - (SELECT extra_ms FROM longest_life) < period.to_ms
    AND (life.to_ms > period.from_ms OR life.terminated_at_ms IS NULL)
)
