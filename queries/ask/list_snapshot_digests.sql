-- list_snapshot_digests: what identifies the documents of a span of time.
--
-- in   :from_ms  INTEGER  unix ms, inclusive
-- in   :to_ms  INTEGER  unix ms, inclusive
-- in   :known_seq  INTEGER  the newest snapshot that counts
-- out  observed_at_ms  INTEGER
-- out  sha256  BLOB  of the document
-- rows by time, then by digest: whatever the order in which they became known
SELECT observed_at_ms, sha256
FROM snapshot
WHERE observed_at_ms >= :from_ms AND observed_at_ms <= :to_ms AND snapshot_seq <= :known_seq
ORDER BY observed_at_ms, sha256;
