-- save_control_sum: how many rows of a table there are now, and their sum.
--
-- in   :table_name  TEXT
-- in   :row_count  INTEGER
-- in   :row_sum  INTEGER  modulo 2^64
INSERT INTO control_sum (table_name, row_count, row_sum)
VALUES (:table_name, :row_count, :row_sum)
ON CONFLICT DO UPDATE SET row_count = excluded.row_count, row_sum = excluded.row_sum;
