-- One row is a process that was seen under more than one pair of an app and a region. What a list
-- must speak for to prove that it is gone is all of them.
CREATE TABLE roaming_process (
  process_key INTEGER PRIMARY KEY REFERENCES process (process_key)
) STRICT;
