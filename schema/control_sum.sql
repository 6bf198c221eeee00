-- One row is a table whose rows, once written, say for ever what they say: how many they are, and a
-- sum over all of them. `check` counts and adds again, so that no value of theirs changes unnoticed,
-- and no row is lost. docs/reliability.md tells how a row becomes a number.
CREATE TABLE control_sum (
  table_name TEXT    PRIMARY KEY,
  row_count  INTEGER NOT NULL,
  row_sum    INTEGER NOT NULL,  -- modulo 2^64
  CONSTRAINT control_sum_counts_rows CHECK (row_count >= 0)
) STRICT, WITHOUT ROWID;
