-- list_stored_money: the documents about money as they were kept, every version.
--
-- out  kind  TEXT
-- out  source  TEXT
-- out  encoding  TEXT
-- out  sha256  BLOB
-- out  given  TEXT  what the user said beside it, `month=2024-11`
-- out  raw  BLOB
-- out  imported_at_ms  INTEGER
-- rows in the order in which they were imported
SELECT
  document.kind AS kind,
  source.path AS source,
  source.encoding AS encoding,
  document.sha256 AS sha256,
  document.given AS given,
  document.raw AS raw,
  document.imported_at_ms AS imported_at_ms
FROM money_document AS document
JOIN source ON source.source_key = document.source_key
ORDER BY document.document_seq;
