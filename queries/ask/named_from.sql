-- named_from: the first process from a number on, and which snapshot named it.
--
-- in   :process_key  INTEGER
-- out  process_key  INTEGER
-- out  named_seq  INTEGER?
SELECT process_key, named_seq
FROM process
WHERE process_key >= :process_key
ORDER BY process_key
LIMIT 1;
