-- sent: one row is a process and a period that cuts it, and what the cuts add to its bytes there.
-- needs: standing

-- A period's bytes are the curve at its end less the curve at its start; here only the bounds that
-- cut the curve.
sent AS (
  SELECT
    process_key,
    period_no,
    CAST(sum(side * point_bytes) AS BIGINT) AS egress_bytes,
    CAST(sum(CASE side WHEN 1 THEN lower_bytes ELSE -upper_bytes END) AS BIGINT)
      AS egress_bytes_lo,
    CAST(sum(CASE side WHEN 1 THEN upper_bytes ELSE -lower_bytes END) AS BIGINT)
      AS egress_bytes_hi
  FROM standing
  GROUP BY process_key, period_no
)
