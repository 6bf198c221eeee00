-- list_schema: the tables, views, indexes and triggers of a database, and how each was made. What
-- ANALYZE leaves behind may stand in any database, and is left out.
--
-- out  type  TEXT
-- out  name  TEXT
-- out  made_by  TEXT?  the statement; NULL for what SQLite made by itself
-- rows by type and name
SELECT
  type,
  name,
  sql AS made_by
FROM sqlite_schema
WHERE substr(name, 1, 11) <> 'sqlite_stat'
ORDER BY type, name;
