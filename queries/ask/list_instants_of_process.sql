-- list_instants_of_process: when a process was observed.
--
-- in   :process_key  INTEGER
-- in   :known_seq  INTEGER  the newest snapshot that counts
-- out  observed_at_ms  INTEGER
-- rows in time order, each instant once
SELECT DISTINCT snapshot.observed_at_ms AS observed_at_ms
FROM observation
JOIN snapshot ON snapshot.snapshot_seq = observation.snapshot_seq
WHERE observation.process_key = :process_key AND observation.snapshot_seq <= :known_seq
ORDER BY snapshot.observed_at_ms;
