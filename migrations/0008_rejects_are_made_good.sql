-- 0008: a reject tells when a later reading of the same source found a good document in its place,
-- as it does when a poll was met while it was being written. The same bytes may be rejected in
-- several sources: a token that expired gives the same answer every night.
ALTER TABLE reject ADD COLUMN made_good_seq INTEGER REFERENCES snapshot (snapshot_seq);
DROP INDEX reject_by_document;
CREATE INDEX reject_by_document ON reject (document_sha256) WHERE document_sha256 IS NOT NULL;
PRAGMA user_version = 8;
