-- show_snapshot: the snapshots that count.
CREATE TEMP VIEW snapshot AS
SELECT stored.*
FROM main.snapshot AS stored
WHERE stored.snapshot_seq <= (SELECT known_seq FROM temp.known_state);
