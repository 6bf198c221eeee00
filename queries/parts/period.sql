-- period: one row is the window of the question, up to its as-of; there is none when that is empty.
-- needs: nothing

-- The window of the question. It never ends after the as-of, for nothing later is answered.
period AS (
  SELECT
    0 AS period_no,
    asked.from_ms AS from_ms,
    asked.to_ms AS to_ms
  FROM (
    SELECT
      CAST(:from_ms AS BIGINT) AS from_ms,
      CASE
        WHEN :to_ms < :as_of_ms THEN CAST(:to_ms AS BIGINT)
        ELSE CAST(:as_of_ms AS BIGINT)
      END AS to_ms
  ) AS asked
  WHERE asked.from_ms < asked.to_ms
)
