-- list_invoice_lines: the lines of one version of an invoice.
--
-- in   :document_seq  INTEGER
-- out  kind  TEXT
-- out  description  TEXT
-- out  unit  TEXT
-- out  quantity  TEXT?  a decimal
-- out  unit_price  TEXT?  a decimal
-- out  amount  TEXT?  a decimal
-- out  discount  TEXT?  a decimal
-- out  app_id  TEXT?
-- out  deployment_id  TEXT?
-- out  region  TEXT?
-- rows in their order
SELECT
  kind, description, unit, quantity, unit_price, amount, discount, app_id, deployment_id, region
FROM invoice_line
WHERE document_seq = :document_seq
ORDER BY line_no;
