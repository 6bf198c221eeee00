-- list_invoices: the newest version of every invoice.
--
-- out  document_seq  INTEGER
-- out  invoice_id  TEXT
-- out  status  TEXT
-- out  currency  TEXT
-- out  month  TEXT?
-- out  amount_due  TEXT?  a decimal
-- out  due_at_ms  INTEGER?
-- out  corrects  TEXT?  the invoice that this note is about
-- out  takes_off  INTEGER
-- out  source  TEXT
-- out  versions  INTEGER
-- rows by month, then name
SELECT
  invoice.document_seq AS document_seq,
  invoice.invoice_id AS invoice_id,
  invoice.status AS status,
  invoice.currency AS currency,
  invoice.month AS month,
  invoice.amount_due AS amount_due,
  invoice.due_at_ms AS due_at_ms,
  invoice.corrects AS corrects,
  invoice.takes_off AS takes_off,
  source.path AS source,
  (
    SELECT count(*)
    FROM invoice AS version
    WHERE version.invoice_id = invoice.invoice_id
  ) AS versions
FROM invoice
JOIN money_document AS document ON document.document_seq = invoice.document_seq
JOIN source ON source.source_key = document.source_key
WHERE invoice.document_seq = (
  SELECT max(newest.document_seq)
  FROM invoice AS newest
  WHERE newest.invoice_id = invoice.invoice_id
)
ORDER BY invoice.month NULLS LAST, invoice.invoice_id;
