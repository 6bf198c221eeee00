-- Writes a script for the sqlite3 shell: every table of a store as CSV, as PostgreSQL reads it.
SELECT '.mode csv' || char(10) || '.separator , "\n"';
SELECT
  '.once ' || store.name || '.csv' || char(10) || 'SELECT ' || group_concat(
    CASE field.type
      WHEN 'BLOB' THEN '''\x'' || hex(' || field.name || ')'
      WHEN 'ANY' THEN 'CASE typeof(' || field.name || ') WHEN ''blob'' THEN ''\x'' || hex('
        || field.name || ') ELSE ' || field.name || ' END'
      ELSE field.name
    END,
    ', '
  ) || ' FROM ' || store.name || ';'
FROM sqlite_schema AS store
JOIN pragma_table_xinfo(store.name) AS field
WHERE (store.type = 'table' AND store.name NOT LIKE 'sqlite_%') OR store.name = 'room_config_text'
GROUP BY store.name;
