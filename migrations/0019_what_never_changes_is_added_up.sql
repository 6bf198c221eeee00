-- 0019: blocks of processes say when the first of each begins: an earlier state of knowledge finds
-- by them the few that were named later and began before. And rows that never change once they are
-- written are counted and added up, so that a change of theirs is noticed. Of what was there before,
-- the program makes these sums when it has run this.
CREATE TABLE process_block (
  block_no INTEGER PRIMARY KEY,
  from_ms  INTEGER NOT NULL
) STRICT;

INSERT INTO process_block (block_no, from_ms)
SELECT process_key / 256, min(from_ms)
FROM process_meter
GROUP BY process_key / 256;

CREATE TABLE control_sum (
  table_name TEXT    PRIMARY KEY,
  row_count  INTEGER NOT NULL,
  row_sum    INTEGER NOT NULL,
  CONSTRAINT control_sum_counts_rows CHECK (row_count >= 0)
) STRICT, WITHOUT ROWID;

PRAGMA user_version = 19;
