-- 0008: a reject tells when a later reading of the same source found a good document in its place,
-- as it does when a poll was met while it was being written.
ALTER TABLE reject ADD COLUMN made_good_seq INTEGER REFERENCES snapshot (snapshot_seq);
PRAGMA user_version = 8;
