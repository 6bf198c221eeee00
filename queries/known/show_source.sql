-- show_source: the sources that had given something by then.
CREATE TEMP VIEW source AS
SELECT stored.*
FROM main.source AS stored
CROSS JOIN temp.known_state AS known
WHERE stored.source_key < known.next_source_key OR stored.source_key = known.newest_source_key;
