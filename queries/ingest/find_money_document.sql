-- find_money_document: whether this very document is the one that counts under its name.
--
-- in   :kind  TEXT
-- in   :sha256  BLOB
-- in   :given  TEXT
-- in   :name  TEXT
-- out  document_seq  INTEGER
-- rows one or none
SELECT document_seq
FROM money_document
WHERE document_seq = (
    SELECT max(newest.document_seq)
    FROM money_document AS newest
    WHERE newest.kind = :kind AND newest.name = :name
  )
  AND sha256 = :sha256 AND given = :given;
