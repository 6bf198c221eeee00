-- list_shown: the temporary tables and views.
--
-- out  name  TEXT
-- rows by name
SELECT name
FROM temp.sqlite_schema
WHERE type = 'table' OR type = 'view'
ORDER BY name;
