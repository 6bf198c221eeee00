-- One row is a stored document, with the file it stands in and its digest as text. Only SQLite
-- writes bytes as text by hex(); PostgreSQL calls it encode(…, 'hex').
CREATE VIEW snapshot_view AS
SELECT
  snapshot.snapshot_seq AS snapshot_seq,
  snapshot.observed_at_ms AS observed_at_ms,
  snapshot.observed_at_origin AS observed_at_origin,
  snapshot.list_kind AS list_kind,
  snapshot.capped AS capped,
  snapshot.process_count AS process_count,
  snapshot.room_count AS room_count,
  snapshot.duplicate_count AS duplicate_count,
  snapshot.restated_count AS restated_count,
  snapshot.reject_count AS reject_count,
  source.path AS source,
  snapshot.byte_offset AS byte_offset,
  snapshot.byte_length AS byte_length,
  lower(hex(snapshot.sha256)) AS sha256
FROM snapshot
JOIN source ON source.source_key = snapshot.source_key;
