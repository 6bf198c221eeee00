-- One row is one thing wrong in what was handed in. A record may have several; its bytes are kept
-- with the first, so that a later version can take it up.
CREATE TABLE reject (
  reject_key      INTEGER PRIMARY KEY,
  source_key      INTEGER NOT NULL REFERENCES source (source_key),
  snapshot_seq    INTEGER REFERENCES snapshot (snapshot_seq),  -- NULL: the document is not JSON
  record_offset   INTEGER NOT NULL,  -- in the source, after decompression
  record_length   INTEGER NOT NULL,
  byte_offset     INTEGER NOT NULL,  -- of the value at fault
  json_pointer    TEXT    NOT NULL,  -- RFC 6901, from the document's root; '' is the document
  reason          TEXT    NOT NULL,
  raw             BLOB,              -- on a record's first row
  document_sha256 BLOB,              -- of one that is not JSON, or had records refused
  ingested_at_ms  INTEGER NOT NULL
) STRICT;
CREATE INDEX reject_by_document ON reject (document_sha256) WHERE document_sha256 IS NOT NULL;
