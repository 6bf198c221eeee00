-- list_refused: documents of which records were refused because observations were pruned, while these are back.
--
-- in   :reason  TEXT  a pattern of LIKE
-- out  sha256  BLOB
-- out  observed_at_ms  INTEGER
-- out  reject_key  INTEGER
-- rows in the order in which they were handed in
SELECT
  snapshot.sha256 AS sha256,
  snapshot.observed_at_ms AS observed_at_ms,
  reject.reject_key AS reject_key
FROM reject
JOIN snapshot ON snapshot.snapshot_seq = reject.snapshot_seq
WHERE reject.made_good_seq IS NULL
  AND reject.reason LIKE :reason
  AND NOT EXISTS (SELECT 1 FROM pruned_process)
ORDER BY reject.reject_key;
