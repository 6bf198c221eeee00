-- One row is a distinct thing said of one allocation: that a room was scheduled on a process from
-- an instant on and, once it is over, until another. The interval is the allocation, not the room.
-- When it was said follows from room_fact and room_observation_allocation. The rooms of a process
-- are those of its lists, in process_room, and those of the allocations that are unlisted here.
CREATE TABLE room_allocation (
  room_key           INTEGER NOT NULL REFERENCES room (room_key),
  allocation_no      INTEGER NOT NULL,
  room_allocation_id ANY     NOT NULL,  -- the 16 bytes of a UUID, else the text as it came
  process_key        INTEGER REFERENCES process (process_key),
  scheduled_at_ms    INTEGER,
  unscheduled_at_ms  INTEGER,  -- NULL while it is current
  is_unlisted        INTEGER NOT NULL,  -- 1: the process need not have listed the room
  CONSTRAINT room_allocation_is_unlisted_is_boolean CHECK (is_unlisted IN (0, 1)),
  PRIMARY KEY (room_key, allocation_no)
) STRICT, WITHOUT ROWID;
CREATE INDEX room_allocation_again ON room_allocation (room_key) WHERE allocation_no > 0;
CREATE INDEX room_allocation_unlisted ON room_allocation (process_key) WHERE is_unlisted = 1;
