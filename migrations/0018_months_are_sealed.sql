-- 0018: months are sealed.
-- One row is a month whose figures were sealed: written down once, with a digest over all of them,
-- and never changed. docs/seals.md tells what a seal is and how anybody checks it.
CREATE TABLE seal (
  seal_seq     INTEGER PRIMARY KEY,  -- from 1, in the order in which they were made
  month        TEXT    NOT NULL,     -- 2024-11
  zone         TEXT    NOT NULL,     -- IANA zone of the month
  as_of_ms     INTEGER NOT NULL,     -- the instant up to which the figures answer
  known_seq    INTEGER NOT NULL,     -- the newest snapshot that counted
  checkpoint   TEXT    NOT NULL,     -- origin, number of lines and root, a line each
  signatures   TEXT    NOT NULL,     -- a line each; '' when nobody signed
  sealed_at_ms INTEGER NOT NULL,     -- wall time; no answer depends on it
  CONSTRAINT seal_month_is_sealed_once UNIQUE (month)
) STRICT;

-- One row is a line of a seal. The first one says what decides the others; these hold the figures.
CREATE TABLE seal_line (
  seal_seq INTEGER NOT NULL REFERENCES seal (seal_seq),
  line_no  INTEGER NOT NULL,  -- from 0
  text     TEXT    NOT NULL,  -- a JSON object without the end of its line
  PRIMARY KEY (seal_seq, line_no)
) STRICT, WITHOUT ROWID;

PRAGMA user_version = 18;
