-- One row is one version of a rate card.
CREATE TABLE rate_card (
  document_seq INTEGER PRIMARY KEY REFERENCES money_document (document_seq),
  name         TEXT    NOT NULL,
  currency     TEXT    NOT NULL,  -- ISO 4217
  minor_digits INTEGER NOT NULL   -- decimal places of its smallest unit: 2 is cents
) STRICT;
