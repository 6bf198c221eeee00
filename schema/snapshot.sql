-- One row is a document that was true at one instant: a poll of a list, or one object saved alone.
-- snapshot_seq is the axis of knowledge: documents are numbered in the order in which they came.
CREATE TABLE snapshot (
  snapshot_seq       INTEGER PRIMARY KEY,
  source_key         INTEGER NOT NULL REFERENCES source (source_key),
  byte_offset        INTEGER NOT NULL,  -- in the source, after decompression
  byte_length        INTEGER NOT NULL,
  sha256             BLOB    NOT NULL,  -- of exactly those bytes
  observed_at_ms     INTEGER NOT NULL,  -- unix milliseconds, UTC
  observed_at_origin TEXT    NOT NULL,
  list_kind          TEXT,              -- running, stopped, ...; NULL: nobody said it
  capped             INTEGER NOT NULL,  -- 1: said to be cut off, or a list of exactly 10
  process_count      INTEGER NOT NULL,  -- observations stored
  room_count         INTEGER NOT NULL,  -- rooms of a document about rooms
  duplicate_count    INTEGER NOT NULL,  -- records that said again what was known for this instant
  restated_count     INTEGER NOT NULL,  -- records that said something else of a known instant
  reject_count       INTEGER NOT NULL,
  egressed_bytes_sum INTEGER NOT NULL,  -- control total over its observations, modulo 2^64
  list_app_key       INTEGER REFERENCES label (label_key),  -- the app the list was asked for
  list_region_key    INTEGER REFERENCES label (label_key),  -- likewise; NULL: nobody said it
  list_proof         TEXT,              -- what a running list proves; NULL: it is none
  list_is_given      INTEGER NOT NULL DEFAULT 0,  -- 1: not all of this is in the document's words
  CONSTRAINT snapshot_digest_is_whole CHECK (length(sha256) = 32),
  CONSTRAINT snapshot_origin_is_known  -- SQLite makes a table of a longer IN for every row
    CHECK (
      observed_at_origin = 'envelope' OR observed_at_origin = 'flag'
      OR observed_at_origin = 'filename' OR observed_at_origin = 'mtime'
      OR observed_at_origin = 'now'
    ),
  CONSTRAINT snapshot_capped_is_boolean CHECK (capped IN (0, 1))
) STRICT;
-- A digest stands at one time only once, but for a list that was stored before it was said to be a
-- running list, or what it was asked for. The program compares all of it before it writes.
CREATE INDEX snapshot_by_digest ON snapshot (substr(sha256, 1, 4), observed_at_ms);
CREATE INDEX snapshot_by_time ON snapshot (observed_at_ms);
