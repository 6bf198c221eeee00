-- list_known_otherwise: the processes that were named by a time and of which later snapshots say more: in an observation, or by a list that may prove them gone.
--
-- in   :known_seq  INTEGER  the newest snapshot of that time
-- in   :last_key  INTEGER  the last process that was named by then
-- in   :list_ms  INTEGER?  when the earliest later list was true; NULL: there is none
-- out  process_key  INTEGER
-- rows each once, in order
SELECT process_key
FROM process
WHERE touched_seq > :known_seq AND process_key <= :last_key
UNION
SELECT process_key
FROM process
WHERE gone_ms >= :list_ms AND process_key <= :last_key
ORDER BY process_key;
