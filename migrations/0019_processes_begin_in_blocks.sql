-- 0019: blocks of processes say when the first of each begins: an earlier state of knowledge finds
-- by them the few that were named later and began before.
CREATE TABLE process_block (
  block_no INTEGER PRIMARY KEY,
  from_ms  INTEGER NOT NULL
) STRICT;

INSERT INTO process_block (block_no, from_ms)
SELECT process_key / 256, min(from_ms)
FROM process_meter
GROUP BY process_key / 256;

PRAGMA user_version = 19;
