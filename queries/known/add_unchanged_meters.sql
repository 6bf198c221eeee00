-- add_unchanged_meters: what the rollups know of every process of which no later snapshot says more.
INSERT INTO temp.process_meter
SELECT stored.*
FROM main.process_meter AS stored
WHERE stored.process_key <= (SELECT last_key FROM temp.known_state)
  AND stored.process_key NOT IN (SELECT process_key FROM temp.changed_process);
