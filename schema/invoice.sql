-- One row is one version of an invoice: what the vendor wants for a month.
CREATE TABLE invoice (
  document_seq INTEGER PRIMARY KEY REFERENCES money_document (document_seq),
  invoice_id   TEXT    NOT NULL,
  status       TEXT    NOT NULL,  -- the vendor's word; '' for none
  currency     TEXT    NOT NULL,  -- ISO 4217
  month        TEXT,              -- 2024-11; NULL: it names none
  amount_due   TEXT,              -- a decimal as it was written
  due_at_ms    INTEGER
) STRICT;
