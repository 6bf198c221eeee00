-- 0021: which rejects something good was read later is a row of its own, which never changes. Such
-- rows, and seals, are counted and added up like all that never changes. Of what was there before,
-- the program makes these sums when it has run this.
CREATE TABLE made_good (
  reject_key   INTEGER PRIMARY KEY REFERENCES reject (reject_key),
  snapshot_seq INTEGER NOT NULL REFERENCES snapshot (snapshot_seq)
) STRICT;

INSERT INTO made_good (reject_key, snapshot_seq)
SELECT reject_key, made_good_seq
FROM reject
WHERE made_good_seq IS NOT NULL;

CREATE TABLE reject_before AS SELECT * FROM reject;
DROP TABLE reject;

CREATE TABLE reject (
  reject_key      INTEGER PRIMARY KEY,
  source_key      INTEGER NOT NULL REFERENCES source (source_key),
  snapshot_seq    INTEGER REFERENCES snapshot (snapshot_seq),
  record_offset   INTEGER NOT NULL,
  record_length   INTEGER NOT NULL,
  byte_offset     INTEGER NOT NULL,
  json_pointer    TEXT    NOT NULL,
  reason          TEXT    NOT NULL,
  raw             BLOB,
  document_sha256 BLOB,
  ingested_at_ms  INTEGER NOT NULL
) STRICT;

INSERT INTO reject (
  reject_key, source_key, snapshot_seq, record_offset, record_length, byte_offset, json_pointer,
  reason, raw, document_sha256, ingested_at_ms
)
SELECT
  reject_key, source_key, snapshot_seq, record_offset, record_length, byte_offset, json_pointer,
  reason, raw, document_sha256, ingested_at_ms
FROM reject_before;

DROP TABLE reject_before;
CREATE INDEX reject_by_document ON reject (document_sha256) WHERE document_sha256 IS NOT NULL;

PRAGMA user_version = 21;
