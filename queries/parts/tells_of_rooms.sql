-- tells_of_rooms: one column, 1 when the rooms of a process are known.
-- needs: teller
--
-- teller is a process. Its rooms are known when a stay of it is, or a list of its rooms, empty or
-- not, or when it never said that it had one allocated.

CASE
  WHEN EXISTS (
    SELECT 1
    FROM process_activity AS activity
    WHERE activity.process_key = teller.process_key AND activity.room_set_no IS NOT NULL
  ) THEN 1
  WHEN EXISTS (
    SELECT 1
    FROM room_allocation AS unlisted
    WHERE unlisted.process_key = teller.process_key AND unlisted.is_unlisted = 1
  ) THEN 1
  WHEN (
    SELECT max(activity.rooms_allocated)
    FROM process_activity AS activity
    WHERE activity.process_key = teller.process_key
  ) = 0 THEN 1
  ELSE 0
END
