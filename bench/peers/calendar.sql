-- One row is a UTC day between the first and the last instant of an archive. Runs in DuckDB,
-- ClickHouse and SQLite.
CREATE TABLE day AS
WITH RECURSIVE next_day (begin_ms) AS (
  SELECT min(starting_at_ms) - min(starting_at_ms) % 86400000 FROM process
  UNION ALL
  SELECT begin_ms + 86400000
  FROM next_day
  WHERE begin_ms + 86400000 <= (SELECT max(last_seen_ms) FROM process)
)
SELECT begin_ms, begin_ms + 86400000 AS end_ms FROM next_day;
