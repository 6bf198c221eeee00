-- list_known_otherwise: the processes that were named by a time and of which later snapshots say more: in an observation, or by a list that may prove them gone.
--
-- in   :known_seq  INTEGER  the newest snapshot of that time
-- in   :last_key  INTEGER  the last process that was named by then
-- in   :list_ms  INTEGER?  when the earliest later list was true; NULL: there is none
-- out  process_key  INTEGER
-- rows each once, in order
--
-- By the indexes of what is sought: those that were named by then are nearly all, and reading them
-- by their numbers would be reading the table.
SELECT process_key
FROM process INDEXED BY process_by_touch
WHERE touched_seq > :known_seq AND +process_key <= :last_key
UNION
SELECT process_key
FROM process INDEXED BY process_by_gone
WHERE gone_ms >= :list_ms AND +process_key <= :last_key
ORDER BY process_key;
