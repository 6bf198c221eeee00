-- One row is an exposed port of a process. The ports that one observation listed are a set; set 0
-- is the empty one and has no rows.
CREATE TABLE port (
  process_key        INTEGER NOT NULL REFERENCES process (process_key),
  port_set_no        INTEGER NOT NULL,
  position           INTEGER NOT NULL,  -- 0: exposedPort; 1, 2 …: additionalExposedPorts
  name_key           INTEGER REFERENCES label (label_key),
  transport_type_key INTEGER REFERENCES label (label_key),
  host_key           INTEGER REFERENCES label (label_key),
  port               INTEGER,           -- as it came: the vendor's own example is 72941
  PRIMARY KEY (process_key, port_set_no, position)
) STRICT, WITHOUT ROWID;
