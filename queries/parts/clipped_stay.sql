-- clipped_stay: three tables, of stays of rooms on processes, and what of them lies in the period.
-- needs: period
--
-- They say what the view room_on_process says, of all rooms at once. That view answers quickly for
-- one room, by means that only SQLite has. A room is in alone_stay once or in several_stay.

-- part: several_room,
-- part: alone_stay,
-- part: several_stay,
clipped_stay AS NOT MATERIALIZED (
  SELECT room_key, process_key, start_ms, end_ms FROM alone_stay
  UNION ALL
  SELECT room_key, process_key, start_ms, end_ms FROM several_stay
)
