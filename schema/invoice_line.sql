-- One row is a line of an invoice. Numbers are decimals as they were written.
CREATE TABLE invoice_line (
  document_seq  INTEGER NOT NULL REFERENCES invoice (document_seq),
  line_no       INTEGER NOT NULL,  -- from 0
  kind          TEXT    NOT NULL,  -- what it is about, as far as we can tell
  description   TEXT    NOT NULL,  -- the vendor's product name
  unit          TEXT    NOT NULL,
  quantity      TEXT,
  unit_price    TEXT,
  amount        TEXT,
  discount      TEXT,
  app_id        TEXT,              -- it is about this app alone; NULL: about all
  deployment_id TEXT,              -- likewise
  region        TEXT,              -- likewise
  CONSTRAINT invoice_line_kind_is_known
    CHECK (kind IN ('compute', 'egress', 'other', 'discount', 'credit', 'tax')),
  PRIMARY KEY (document_seq, line_no)
) STRICT, WITHOUT ROWID;
