-- show_room_allocation: the allocations of rooms that were told by then.
CREATE TEMP VIEW room_allocation AS
SELECT stored.*
FROM main.room_allocation AS stored
WHERE EXISTS (
    SELECT 1
    FROM temp.room_fact AS fact
    WHERE fact.room_key = stored.room_key AND fact.allocation_no = stored.allocation_no
  )
  OR EXISTS (
    SELECT 1
    FROM main.room_observation_allocation AS listed
    WHERE listed.room_key = stored.room_key
      AND listed.allocation_no = stored.allocation_no
      AND listed.snapshot_seq <= (SELECT known_seq FROM temp.known_state)
  );
