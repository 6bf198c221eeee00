-- One row is a reject whose place held a good document when its source was read again, or whose
-- records were taken up later: it counts no more.
CREATE TABLE made_good (
  reject_key   INTEGER PRIMARY KEY REFERENCES reject (reject_key),
  snapshot_seq INTEGER NOT NULL REFERENCES snapshot (snapshot_seq)  -- the good one
) STRICT;
