-- How much was loaded, and the last counters added up: what must be equal before times are
-- compared. Runs in DuckDB, ClickHouse and SQLite.
SELECT 'processes' AS what, count(*) AS count FROM process
UNION ALL
SELECT 'observations', count(*) FROM observation
UNION ALL
SELECT 'ports', count(*) FROM port
UNION ALL
SELECT 'rooms', count(DISTINCT room_id) FROM room
UNION ALL
SELECT 'egress_bytes', coalesce(sum(last_bytes), 0)
FROM (SELECT max(egressed_bytes) AS last_bytes FROM observation GROUP BY process_id) AS process_end;
