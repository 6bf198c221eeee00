-- One row is a line of a seal. The first one says what decides the others; these hold the figures.
CREATE TABLE seal_line (
  seal_seq INTEGER NOT NULL REFERENCES seal (seal_seq),
  line_no  INTEGER NOT NULL,  -- from 0
  text     TEXT    NOT NULL,  -- a JSON object without the end of its line
  PRIMARY KEY (seal_seq, line_no)
) STRICT, WITHOUT ROWID;
