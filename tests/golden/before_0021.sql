-- since: 8
-- Before version 21 a reject had in a column what took its place.
INSERT INTO reject (
  reject_key, source_key, snapshot_seq, record_offset, record_length, byte_offset, json_pointer,
  reason, raw, document_sha256, ingested_at_ms, made_good_seq
)
SELECT
  reject.reject_key, reject.source_key, reject.snapshot_seq, reject.record_offset,
  reject.record_length, reject.byte_offset, reject.json_pointer, reject.reason, reject.raw,
  reject.document_sha256, reject.ingested_at_ms, made_good.snapshot_seq
FROM newest.reject AS reject
LEFT JOIN newest.made_good AS made_good ON made_good.reject_key = reject.reject_key;
