-- show_list_scope: what those that are running lists spoke for.
CREATE TEMP VIEW list_scope AS
SELECT stored.*
FROM main.list_scope AS stored
WHERE stored.snapshot_seq <= (SELECT known_seq FROM temp.known_state);
