-- How much was loaded: what must be equal before times are compared. DuckDB and SQLite.
SELECT 'processes' AS what, count(*) AS count FROM process
UNION ALL
SELECT 'observations', count(*) FROM observation
UNION ALL
SELECT 'ports', count(*) FROM port
UNION ALL
SELECT 'rooms', count(DISTINCT room_id) FROM room;
