-- add_pruned_process: a process whose observations were moved to a file.
--
-- in   :process_key  INTEGER
-- in   :pruned_seq  INTEGER
-- in   :first_row  INTEGER
-- in   :row_count  INTEGER
INSERT INTO pruned_process (process_key, pruned_seq, first_row, row_count)
VALUES (:process_key, :pruned_seq, :first_row, :row_count);
