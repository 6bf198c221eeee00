-- show_room: the rooms that were named by then.
CREATE TEMP VIEW room AS
SELECT stored.*
FROM main.room AS stored
WHERE EXISTS (SELECT 1 FROM temp.room_fact AS fact WHERE fact.room_key = stored.room_key);
