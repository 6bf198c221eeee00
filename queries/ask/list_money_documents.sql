-- list_money_documents: the documents about money as they were kept, every version.
--
-- out  document_seq  INTEGER
-- out  kind  TEXT
-- out  name  TEXT  of the card, policy or invoice; '' for deployments
-- out  source  TEXT?  NULL when its row is missing
-- out  sha256  BLOB
-- out  given  TEXT  what the user said beside it, `month=2024-11`
-- out  raw  BLOB
-- rows in the order in which they were imported
SELECT
  document.document_seq AS document_seq,
  document.kind AS kind,
  document.name AS name,
  source.path AS source,
  document.sha256 AS sha256,
  document.given AS given,
  document.raw AS raw
FROM money_document AS document
LEFT JOIN source ON source.source_key = document.source_key
ORDER BY document.document_seq;
