-- process_egress: one row is a process and a period, and the bytes that it sent there.
-- needs: period, longest_life, extent, sought_curve

-- part: cut,
-- part: neighbour,
-- part: crossing,
-- part: standing,
-- part: sent,
-- part: process_curve,
-- What a process sent in a period. It is open when it may have sent more than anybody read, and
-- unmetered when no document gave its counter.
process_egress AS (
  SELECT
    process_curve.period_no AS period_no,
    process_curve.process_key AS process_key,
    process_curve.app_key AS app_key,
    process_curve.deployment_key AS deployment_key,
    process_curve.region_key AS region_key,
    process_curve.started_at_ms AS started_at_ms,
    process_curve.total_bytes + coalesce(sent.egress_bytes, 0) AS egress_bytes,
    CASE
      WHEN sent.egress_bytes_lo IS NULL THEN process_curve.total_bytes
      WHEN process_curve.total_bytes + sent.egress_bytes_lo < 0 THEN 0
      ELSE process_curve.total_bytes + sent.egress_bytes_lo
    END AS egress_bytes_lo,
    process_curve.total_bytes + coalesce(sent.egress_bytes_hi, 0) AS egress_bytes_hi,
    CASE
      WHEN process_curve.is_open_ended = 1
        AND process_curve.last_reading_ms < process_curve.to_ms
        AND process_curve.death_ms > process_curve.from_ms THEN 1
      ELSE 0
    END AS is_open,
    CASE
      WHEN process_curve.last_reading_ms IS NULL
        AND process_curve.begin_ms < process_curve.death_ms
        AND process_curve.begin_ms < process_curve.to_ms
        AND process_curve.from_ms < process_curve.death_ms THEN 1
      ELSE 0
    END AS is_unmetered
  FROM process_curve
  LEFT JOIN sent
    ON sent.process_key = process_curve.process_key
    AND sent.period_no = process_curve.period_no
)
