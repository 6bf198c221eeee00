-- remove_pruned_file: one whose observations were put back.
--
-- in   :pruned_seq  INTEGER
DELETE FROM pruned_file
WHERE pruned_seq = :pruned_seq;
