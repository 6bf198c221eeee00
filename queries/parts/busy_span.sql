-- busy_span: one row is a span of time in which there always was a process.
-- needs: presence
--
-- presence has a row for each process and its from_ms and to_ms.

-- Spans of time in which there always was a process. Between two of them may lie decades, when a
-- clock stood at 1970 for the first poll: what comes by the hour or the month skips them.
busy_span AS MATERIALIZED (
  SELECT min(from_ms) AS from_ms, max(to_ms) AS to_ms
  FROM (
    SELECT from_ms, to_ms, sum(is_first) OVER by_time AS span_no
    FROM (
      SELECT
        from_ms,
        to_ms,
        CASE WHEN from_ms > max(to_ms) OVER earlier THEN 1 ELSE 0 END AS is_first
      FROM presence
      WINDOW earlier AS (
        ORDER BY from_ms, to_ms ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
      )
    ) AS follower
    WINDOW by_time AS (ORDER BY from_ms, to_ms ROWS UNBOUNDED PRECEDING)
  ) AS numbered
  GROUP BY span_no
)
