-- list_documents_at: the documents that were true at one instant.
--
-- in   :at_ms  INTEGER
-- out  snapshot_seq  INTEGER
-- out  sha256  BLOB
-- rows in the order in which they became known
SELECT snapshot_seq, sha256
FROM snapshot
WHERE observed_at_ms = :at_ms
ORDER BY snapshot_seq;
