-- known_by: the newest snapshot of all that were stored by an instant of the wall clock.
--
-- in   :at_ms  INTEGER
-- out  snapshot_seq  INTEGER
-- rows one at most: none when nothing was
--
-- A file counts from when its first document was stored.
SELECT snapshot.snapshot_seq AS snapshot_seq
FROM snapshot
JOIN source ON source.source_key = snapshot.source_key
WHERE source.ingested_at_ms <= :at_ms
ORDER BY snapshot.snapshot_seq DESC
LIMIT 1;
