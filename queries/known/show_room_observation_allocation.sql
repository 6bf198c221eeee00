-- show_room_observation_allocation: the allocations that they listed.
CREATE TEMP VIEW room_observation_allocation AS
SELECT stored.*
FROM main.room_observation_allocation AS stored
WHERE stored.snapshot_seq <= (SELECT known_seq FROM temp.known_state);
