-- list_rate_cards: every version of every rate card.
--
-- in   :known_document_seq  INTEGER  the newest document that counts
-- out  document_seq  INTEGER
-- out  name  TEXT
-- out  currency  TEXT
-- out  minor_digits  INTEGER
-- out  source  TEXT
-- rows by name, the newest first
SELECT
  card.document_seq AS document_seq,
  card.name AS name,
  card.currency AS currency,
  card.minor_digits AS minor_digits,
  source.path AS source
FROM rate_card AS card
JOIN money_document AS document ON document.document_seq = card.document_seq
JOIN source ON source.source_key = document.source_key
WHERE card.document_seq <= :known_document_seq
ORDER BY card.name, card.document_seq DESC;
