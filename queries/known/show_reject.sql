-- show_reject: what had been found wrong by then. A document without a number counts if it stands before the next snapshot.
CREATE TEMP VIEW reject AS
SELECT stored.*
FROM main.reject AS stored
CROSS JOIN temp.known_state AS known
WHERE stored.snapshot_seq <= known.known_seq
  OR (
    stored.snapshot_seq IS NULL
    AND (
      stored.source_key < known.next_source_key
      OR (
        stored.source_key = known.newest_source_key
        AND stored.record_offset < known.next_offset
      )
    )
  );
