-- add_invoice_line: a line of an invoice.
--
-- in   :document_seq  INTEGER
-- in   :line_no  INTEGER
-- in   :kind  TEXT
-- in   :description  TEXT
-- in   :unit  TEXT
-- in   :quantity  TEXT?
-- in   :unit_price  TEXT?
-- in   :amount  TEXT?
-- in   :discount  TEXT?
-- in   :app_id  TEXT?
-- in   :deployment_id  TEXT?
-- in   :region  TEXT?
INSERT INTO invoice_line (
  document_seq, line_no, kind, description, unit, quantity, unit_price, amount, discount,
  app_id, deployment_id, region
)
VALUES (
  :document_seq, :line_no, :kind, :description, :unit, :quantity, :unit_price, :amount, :discount,
  :app_id, :deployment_id, :region
);
