-- add_invoice: a version of an invoice.
--
-- in   :document_seq  INTEGER
-- in   :invoice_id  TEXT
-- in   :status  TEXT
-- in   :currency  TEXT
-- in   :month  TEXT?
-- in   :amount_due  TEXT?
-- in   :due_at_ms  INTEGER?
-- in   :corrects  TEXT?
-- in   :takes_off  INTEGER
INSERT INTO invoice (
  document_seq, invoice_id, status, currency, month, amount_due, due_at_ms, corrects, takes_off
)
VALUES (
  :document_seq, :invoice_id, :status, :currency, :month, :amount_due, :due_at_ms, :corrects,
  :takes_off
);
