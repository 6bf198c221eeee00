-- find_rejected_document: whether these bytes were already rejected as a whole.
--
-- in   :document_sha256  BLOB
-- out  reject_key  INTEGER
SELECT reject_key FROM reject WHERE document_sha256 = :document_sha256;
