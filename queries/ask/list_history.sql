-- list_history: what identifies the snapshots up to one of them, as they became known.
--
-- in   :known_seq  INTEGER  the last one
-- out  snapshot_seq  INTEGER
-- out  observed_at_ms  INTEGER
-- out  sha256  BLOB  of the document
-- rows by snapshot_seq
SELECT snapshot_seq, observed_at_ms, sha256
FROM snapshot
WHERE snapshot_seq <= :known_seq
ORDER BY snapshot_seq;
