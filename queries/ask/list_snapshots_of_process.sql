-- list_snapshots_of_process: the snapshots that hold a process.
--
-- in   :process_key  INTEGER
-- in   :known_seq  INTEGER  the newest snapshot that counts
-- out  snapshot_seq  INTEGER
-- rows in the order of snapshot_seq, several alike where one says several things of the process
SELECT snapshot_seq
FROM observation
WHERE process_key = :process_key AND snapshot_seq <= :known_seq
ORDER BY snapshot_seq;
