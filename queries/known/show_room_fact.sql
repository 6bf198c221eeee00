-- show_room_fact: what was said of rooms by then, and the spans of those that said it.
CREATE TEMP VIEW room_fact AS
SELECT
  stored.room_key AS room_key,
  stored.room_fact_no AS room_fact_no,
  stored.app_key AS app_key,
  stored.status_key AS status_key,
  stored.room_config_key AS room_config_key,
  stored.allocation_no AS allocation_no,
  CASE
    WHEN stored.first_snapshot_seq <= (SELECT known_seq FROM temp.known_state)
      AND stored.last_snapshot_seq <= (SELECT known_seq FROM temp.known_state)
      THEN stored.first_snapshot_seq
    ELSE (
      SELECT then_known.first_snapshot_seq
      FROM temp.changed_fact AS then_known
      WHERE then_known.room_key = stored.room_key
        AND then_known.room_fact_no = stored.room_fact_no
    )
  END AS first_snapshot_seq,
  CASE
    WHEN stored.first_snapshot_seq <= (SELECT known_seq FROM temp.known_state)
      AND stored.last_snapshot_seq <= (SELECT known_seq FROM temp.known_state)
      THEN stored.last_snapshot_seq
    ELSE (
      SELECT then_known.last_snapshot_seq
      FROM temp.changed_fact AS then_known
      WHERE then_known.room_key = stored.room_key
        AND then_known.room_fact_no = stored.room_fact_no
    )
  END AS last_snapshot_seq
FROM main.room_fact AS stored
WHERE (
    stored.first_snapshot_seq <= (SELECT known_seq FROM temp.known_state)
    AND stored.last_snapshot_seq <= (SELECT known_seq FROM temp.known_state)
  )
  OR EXISTS (
    SELECT 1
    FROM temp.changed_fact AS then_known
    WHERE then_known.room_key = stored.room_key
      AND then_known.room_fact_no = stored.room_fact_no
  );
