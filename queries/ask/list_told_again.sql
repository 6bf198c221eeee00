-- list_told_again: documents that are stored again: a list of which it became known later that it
-- is one, or what was taken up once observations were back.
--
-- in   :known_seq  INTEGER  the newest snapshot that counts
-- out  snapshot_seq  INTEGER
-- out  first_snapshot_seq  INTEGER  the first snapshot of the same document
-- rows by snapshot
SELECT again.snapshot_seq AS snapshot_seq, min(earlier.snapshot_seq) AS first_snapshot_seq
FROM snapshot AS again
JOIN snapshot AS earlier
  ON substr(earlier.sha256, 1, 4) = substr(again.sha256, 1, 4)
  AND earlier.observed_at_ms = again.observed_at_ms
  AND earlier.sha256 = again.sha256
WHERE again.snapshot_seq <= :known_seq AND earlier.snapshot_seq < again.snapshot_seq
GROUP BY again.snapshot_seq
ORDER BY again.snapshot_seq;
