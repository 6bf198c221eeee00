-- tells_of_rooms: whether the rooms of a process are known.
--
-- in   :process_key  INTEGER
-- out  is_told  INTEGER  1: they are; also when there was none
-- rows exactly one
SELECT
  -- part: tells_of_rooms
  AS is_told
FROM (SELECT CAST(:process_key AS BIGINT) AS process_key) AS teller;
