-- One row is a span of whole hours in which one process was not read although its total grew, or in
-- which its total stood still. The rollups' differences are not what windows inside it hold.
CREATE TABLE egress_gap (
  extent      INTEGER NOT NULL,  -- to_hour - from_hour is less than 2^extent
  from_hour   INTEGER NOT NULL,  -- hours since 1970: windows [a, b) with from_hour <= a
  process_key INTEGER NOT NULL REFERENCES process (process_key),
  to_hour     INTEGER NOT NULL,  -- and b <= to_hour
  bytes       INTEGER NOT NULL,  -- are this much too low in lo; 0: count one process too many
  PRIMARY KEY (extent, from_hour, process_key, to_hour, bytes)
) STRICT, WITHOUT ROWID;
