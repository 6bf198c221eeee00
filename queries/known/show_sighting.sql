-- show_sighting: where they saw processes.
CREATE TEMP VIEW sighting AS
SELECT stored.*
FROM main.sighting AS stored
WHERE stored.snapshot_seq <= (SELECT known_seq FROM temp.known_state);
