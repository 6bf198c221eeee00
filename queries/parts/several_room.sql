-- several_room: one row is a room of which more was said than one allocation, always the same.
-- needs: nothing

-- Of nearly every room there is one fact, which names its one allocation. Those of which more was
-- said are found by small indexes, and only their stays have to be gathered and compared.
several_room AS MATERIALIZED (
  SELECT room_key FROM room_fact WHERE room_fact_no > 0
  UNION
  SELECT room_key FROM room_allocation WHERE allocation_no > 0
  UNION
  SELECT room_key FROM room_observation_allocation
  UNION
  SELECT room_key FROM process_room WHERE is_unplaced = 1
)
