-- find_money_document: whether this very document is there already.
--
-- in   :kind  TEXT
-- in   :sha256  BLOB
-- in   :given  TEXT
-- in   :name  TEXT
-- out  document_seq  INTEGER
-- rows one or none
SELECT document_seq
FROM money_document
WHERE kind = :kind AND sha256 = :sha256 AND given = :given AND name = :name;
