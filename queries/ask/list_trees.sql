-- list_trees: the tables and indexes of the store, and where in its file each begins.
--
-- out  name  TEXT
-- out  rootpage  INTEGER
-- rows in any order
SELECT name, rootpage FROM sqlite_schema WHERE rootpage > 0;
