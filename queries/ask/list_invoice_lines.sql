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
-- rows in their order
SELECT kind, description, unit, quantity, unit_price, amount, discount
FROM invoice_line
WHERE document_seq = :document_seq
ORDER BY line_no;
