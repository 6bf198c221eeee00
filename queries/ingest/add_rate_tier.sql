-- add_rate_tier: what a unit costs from some quantity on.
--
-- in   :document_seq  INTEGER
-- in   :rate_no  INTEGER
-- in   :tier_no  INTEGER
-- in   :from_quantity  TEXT
-- in   :unit_price  TEXT
INSERT INTO rate_tier (
  document_seq, rate_no, tier_no, from_quantity, unit_price
)
VALUES (
  :document_seq, :rate_no, :tier_no, :from_quantity, :unit_price
);
