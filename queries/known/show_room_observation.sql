-- show_room_observation: what they said of rooms.
CREATE TEMP VIEW room_observation AS
SELECT stored.*
FROM main.room_observation AS stored
WHERE stored.snapshot_seq <= (SELECT known_seq FROM temp.known_state);
