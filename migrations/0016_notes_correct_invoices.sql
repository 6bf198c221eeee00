-- 0016: a credit note names the invoice that it corrects.
CREATE TEMP TABLE moved AS SELECT * FROM invoice;
DROP TABLE invoice;

-- One row is one version of an invoice, or of a note that corrects one: what the vendor wants for a
-- month.
CREATE TABLE invoice (
  document_seq INTEGER PRIMARY KEY REFERENCES money_document (document_seq),
  invoice_id   TEXT    NOT NULL,
  status       TEXT    NOT NULL,  -- the vendor's word; '' for none
  currency     TEXT    NOT NULL,  -- ISO 4217
  month        TEXT,              -- 2024-11; NULL: it names none
  amount_due   TEXT,              -- a decimal as it was written
  due_at_ms    INTEGER,
  corrects     TEXT,              -- the invoice that this note is about; NULL: it is an invoice
  takes_off    INTEGER NOT NULL,  -- 1: it is a credit note, and amounts above 0 are taken off
  CONSTRAINT invoice_takes_off_is_a_flag CHECK (takes_off IN (0, 1))
) STRICT;
INSERT INTO invoice
SELECT *, NULL AS corrects, 0 AS takes_off
FROM moved
ORDER BY document_seq;
DROP TABLE moved;

PRAGMA user_version = 16;
