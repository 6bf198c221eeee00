-- find_control_sum: how many rows of a table there are, and their sum.
--
-- in   :table_name  TEXT
-- out  row_count  INTEGER
-- out  row_sum  INTEGER  modulo 2^64
-- rows one at most: none when the table is empty
SELECT row_count, row_sum FROM control_sum WHERE table_name = :table_name;
