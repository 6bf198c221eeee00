-- Writes the tables of a store for PostgreSQL: STRICT and WITHOUT ROWID left out, INTEGER as BIGINT, BLOB
-- as BYTEA, ANY as TEXT. Columns that SQLite works out itself come as plain ones, and the view
-- room_config_text, which only SQLite can read, as a table.
SELECT
  'CREATE TABLE ' || store.name || ' (' || group_concat(
    field.name || CASE field.type
      WHEN 'INTEGER' THEN ' BIGINT'
      WHEN 'INT' THEN ' BIGINT'
      WHEN 'BLOB' THEN ' BYTEA'
      ELSE ' TEXT'
    END,
    ', '
  ) || coalesce((
    SELECT ', PRIMARY KEY (' || group_concat(part.name, ', ') || ')'
    FROM (
      SELECT name FROM pragma_table_xinfo(store.name) WHERE pk > 0 ORDER BY pk
    ) AS part
  ), '') || ');'
FROM sqlite_schema AS store
JOIN pragma_table_xinfo(store.name) AS field
WHERE (store.type = 'table' AND store.name NOT LIKE 'sqlite_%') OR store.name = 'room_config_text'
GROUP BY store.name;
SELECT '\copy ' || store.name || ' FROM ''' || store.name || '.csv'' CSV'
FROM sqlite_schema AS store
WHERE (store.type = 'table' AND store.name NOT LIKE 'sqlite_%') OR store.name = 'room_config_text'
ORDER BY store.name;
SELECT 'ANALYZE;';
