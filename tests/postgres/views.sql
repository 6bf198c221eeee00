-- Writes the views of a store as they stand, those that others read first. Five are for SQLite only: their
-- comments in schema/ say what they need. One of them, room_config_text, comes as a table.
SELECT sql || ';'
FROM sqlite_schema
WHERE type = 'view'
  AND name NOT IN (
    'activity_history', 'port_history', 'room_config_text', 'room_on_process', 'snapshot_view'
  )
ORDER BY name;
