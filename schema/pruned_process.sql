-- One row is a process whose observations were moved to a file, all of them: it has none in table
-- `observation`, and gets none.
CREATE TABLE pruned_process (
  process_key INTEGER PRIMARY KEY REFERENCES process (process_key),
  pruned_seq  INTEGER NOT NULL REFERENCES pruned_file (pruned_seq),
  first_row   INTEGER NOT NULL,  -- of its rows in the file, counted from 0
  row_count   INTEGER NOT NULL   -- so many follow one another
) STRICT;
