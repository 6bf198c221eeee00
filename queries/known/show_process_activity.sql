-- show_process_activity: what was said by then of the activity in processes.
CREATE TEMP VIEW process_activity AS
SELECT stored.*
FROM main.process_activity AS stored
WHERE stored.process_key <= (SELECT last_key FROM temp.known_state)
  AND (
    stored.process_key NOT IN (SELECT process_key FROM temp.changed_process)
    OR EXISTS (
      SELECT 1
      FROM main.observation AS said
      WHERE said.process_key = stored.process_key
        AND said.activity_no = stored.activity_no
        AND said.snapshot_seq <= (SELECT known_seq FROM temp.known_state)
    )
  );
