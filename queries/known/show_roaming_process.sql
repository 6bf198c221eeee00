-- show_roaming_process: the processes that had been seen in several places by then.
CREATE TEMP VIEW roaming_process AS
SELECT stored.*
FROM main.roaming_process AS stored
WHERE stored.process_key <= (SELECT last_key FROM temp.known_state)
  AND (
    stored.process_key NOT IN (SELECT process_key FROM temp.changed_process)
    OR (
      SELECT count(*)
      FROM (
        SELECT DISTINCT coalesce(attribute.app_key, 0), coalesce(attribute.region_key, 0)
        FROM main.process_attribute AS attribute
        WHERE attribute.process_key = stored.process_key
          AND attribute.snapshot_seq <= (SELECT known_seq FROM temp.known_state)
      ) AS place
    ) > 1
  );
