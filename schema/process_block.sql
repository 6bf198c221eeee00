-- One row is a block of 256 processes whose numbers follow each other, and an instant before which
-- none of them begins. Processes are numbered as they were named, which is nearly the order in which
-- they began. So whoever asks which of those named since some state of knowledge began before an
-- instant reads a few blocks, not all that came later.
CREATE TABLE process_block (
  block_no INTEGER PRIMARY KEY,  -- process_key / 256
  from_ms  INTEGER NOT NULL      -- at most the process_meter.from_ms of each of them
) STRICT;
