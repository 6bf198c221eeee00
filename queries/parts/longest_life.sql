-- longest_life: the one row is the longest life of a process, as stored and as asked for.
-- needs: nothing

-- Where nobody knows when a process began, process_meter takes 72 hours (259,200,000 ms) for its
-- longest life. A question that allows longer ones looks for processes that much earlier.
longest_life AS (
  SELECT
    stored.stored_ms AS stored_ms,
    CASE
      WHEN :max_lifespan_ms > stored.stored_ms THEN :max_lifespan_ms - stored.stored_ms
      ELSE 0
    END AS extra_ms
  FROM (SELECT CAST(259200000 AS BIGINT) AS stored_ms) AS stored
)
