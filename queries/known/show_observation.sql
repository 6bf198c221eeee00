-- show_observation: what they said of processes.
CREATE TEMP VIEW observation AS
SELECT stored.*
FROM main.observation AS stored
WHERE stored.snapshot_seq <= (SELECT known_seq FROM temp.known_state);
