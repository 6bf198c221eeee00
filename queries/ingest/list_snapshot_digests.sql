-- list_snapshot_digests: the digests of all documents that are stored.
--
-- out  name  BLOB
-- rows one per snapshot, by its number
SELECT sha256 AS name FROM snapshot ORDER BY snapshot_seq;
