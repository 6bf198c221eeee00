-- list_made: how the store's own views were made, or what belongs to a table.
--
-- in   :type  TEXT  view, or: table, index
-- in   :of_table  TEXT
-- out  made_by  TEXT
-- rows by name
SELECT sql AS made_by
FROM main.sqlite_schema
WHERE type = :type AND sql IS NOT NULL AND (type = 'view' OR tbl_name = :of_table)
ORDER BY name;
