-- list_claims: what each snapshot that counts as a running list is kept to prove.
--
-- out  snapshot_seq  INTEGER
-- out  observed_at_ms  INTEGER
-- out  list_proof  TEXT
-- out  list_app_key  INTEGER?  NULL: nobody said it
-- out  list_region_key  INTEGER?  likewise
-- out  capped  INTEGER
-- out  duplicate_count  INTEGER  elements that have no observation of this snapshot
-- rows by snapshot_seq
SELECT
  snapshot_seq, observed_at_ms, list_proof, list_app_key, list_region_key, capped, duplicate_count
FROM snapshot
WHERE list_proof IS NOT NULL
ORDER BY snapshot_seq;
