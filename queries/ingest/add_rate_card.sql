-- add_rate_card: a version of a rate card.
--
-- in   :document_seq  INTEGER
-- in   :name  TEXT
-- in   :currency  TEXT
-- in   :minor_digits  INTEGER
INSERT INTO rate_card (
  document_seq, name, currency, minor_digits
)
VALUES (
  :document_seq, :name, :currency, :minor_digits
);
