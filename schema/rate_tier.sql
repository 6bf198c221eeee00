-- One row is what a unit costs from some quantity in a billing month on.
CREATE TABLE rate_tier (
  document_seq  INTEGER NOT NULL,
  rate_no       INTEGER NOT NULL,
  tier_no       INTEGER NOT NULL,  -- from 0
  from_quantity TEXT    NOT NULL,  -- in the rate's unit, a decimal; '0' in the first tier
  unit_price    TEXT    NOT NULL,  -- in the card's currency, a decimal
  PRIMARY KEY (document_seq, rate_no, tier_no),
  FOREIGN KEY (document_seq, rate_no) REFERENCES rate (document_seq, rate_no)
) STRICT, WITHOUT ROWID;
