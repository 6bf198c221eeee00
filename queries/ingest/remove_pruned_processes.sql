-- remove_pruned_processes: those of one file, whose observations were put back.
--
-- in   :pruned_seq  INTEGER
DELETE FROM pruned_process
WHERE pruned_seq = :pruned_seq;
