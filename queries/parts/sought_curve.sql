-- sought_curve: one row is a row of egress_curve that may lie in the time that is asked for.
-- needs: present

-- The LIMIT keeps all rows; because of it SQLite keeps each CROSS JOIN in its order.
sought_curve AS NOT MATERIALIZED (
  SELECT
    -- part: curve_columns
  FROM sought
  CROSS JOIN egress_curve AS curve
  WHERE +sought.is_large = 1
  UNION ALL
  SELECT
    -- part: curve_columns
  FROM present
  CROSS JOIN egress_curve AS curve
  WHERE curve.process_key = present.process_key
  LIMIT 9223372036854775807
)
