-- show_process_room: the rooms that processes listed by then.
CREATE TEMP VIEW process_room AS
SELECT stored.*
FROM main.process_room AS stored
WHERE stored.process_key <= (SELECT last_key FROM temp.known_state)
  AND (
    stored.process_key NOT IN (SELECT process_key FROM temp.changed_process)
    OR EXISTS (
      SELECT 1
      FROM main.observation AS said
      JOIN main.process_activity AS activity
        ON activity.process_key = said.process_key AND activity.activity_no = said.activity_no
      WHERE said.process_key = stored.process_key
        AND activity.room_set_no = stored.room_set_no
        AND said.snapshot_seq <= (SELECT known_seq FROM temp.known_state)
    )
  );
