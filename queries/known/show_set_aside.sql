-- show_set_aside: what had been set aside by then, which is what stands before the next snapshot.
CREATE TEMP VIEW set_aside AS
SELECT stored.*
FROM main.set_aside AS stored
CROSS JOIN temp.known_state AS known
WHERE stored.source_key < known.next_source_key
  OR (stored.source_key = known.newest_source_key AND stored.byte_offset < known.next_offset);
