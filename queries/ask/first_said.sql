-- first_said: which snapshot made a process known, and when it was first observed.
--
-- in   :process_key  INTEGER
-- in   :known_seq  INTEGER  the newest snapshot that counts
-- out  snapshot_seq  INTEGER  the first that observed it
-- out  observed_at_ms  INTEGER  the earliest instant of all that observed it
-- rows one at most: none when nothing observed it
SELECT
  min(observation.snapshot_seq) AS snapshot_seq,
  min(snapshot.observed_at_ms) AS observed_at_ms
FROM observation
JOIN snapshot ON snapshot.snapshot_seq = observation.snapshot_seq
WHERE observation.process_key = :process_key AND observation.snapshot_seq <= :known_seq
GROUP BY observation.process_key;
