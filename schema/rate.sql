-- One row is a price of a rate card, where and while it holds. NULL holds everywhere, always.
CREATE TABLE rate (
  document_seq  INTEGER NOT NULL REFERENCES rate_card (document_seq),
  rate_no       INTEGER NOT NULL,  -- in the card, from 0
  product       TEXT    NOT NULL,
  unit          TEXT    NOT NULL,
  app_id        TEXT,
  deployment_id TEXT,
  region        TEXT,
  hosting       TEXT,
  plan          TEXT,
  from_ms       INTEGER,
  to_ms         INTEGER,
  CONSTRAINT rate_product_is_known CHECK (product IN ('compute', 'egress')),
  CONSTRAINT rate_unit_is_known CHECK (unit IN ('vcpu_hour', 'active_hour', 'GB', 'GiB')),
  CONSTRAINT rate_holds_for_a_while CHECK (from_ms < to_ms),
  PRIMARY KEY (document_seq, rate_no)
) STRICT, WITHOUT ROWID;
