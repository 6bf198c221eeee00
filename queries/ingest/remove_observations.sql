-- remove_observations: those of one process, which were moved to a file.
--
-- in   :process_key  INTEGER
DELETE FROM observation
WHERE process_key = :process_key;
