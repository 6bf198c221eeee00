-- remove_control_sum: a table is empty.
--
-- in   :table_name  TEXT
DELETE FROM control_sum WHERE table_name = :table_name;
