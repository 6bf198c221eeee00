-- asked: the one row is the time from the first period to the last one; there is none without one.
-- needs: period

asked AS (
  SELECT from_ms, to_ms
  FROM (SELECT min(from_ms) AS from_ms, max(to_ms) AS to_ms FROM period) AS whole
  WHERE from_ms IS NOT NULL
)
