-- show_made_good: which rejects something good had been read by then in place of.
CREATE TEMP VIEW made_good AS
SELECT stored.*
FROM main.made_good AS stored
CROSS JOIN temp.known_state AS known
WHERE stored.snapshot_seq <= known.known_seq;
