-- show_reject: what had been found wrong by then. A document without a number counts if it stands before the next snapshot.
CREATE TEMP VIEW reject AS
SELECT
  stored.reject_key AS reject_key,
  stored.source_key AS source_key,
  stored.snapshot_seq AS snapshot_seq,
  stored.record_offset AS record_offset,
  stored.record_length AS record_length,
  stored.byte_offset AS byte_offset,
  stored.json_pointer AS json_pointer,
  stored.reason AS reason,
  stored.raw AS raw,
  stored.document_sha256 AS document_sha256,
  stored.ingested_at_ms AS ingested_at_ms,
  CASE WHEN stored.made_good_seq <= known.known_seq THEN stored.made_good_seq END AS made_good_seq
FROM main.reject AS stored
CROSS JOIN temp.known_state AS known
WHERE stored.snapshot_seq <= known.known_seq
  OR (
    stored.snapshot_seq IS NULL
    AND (
      stored.source_key < known.next_source_key
      OR (
        stored.source_key = known.newest_source_key
        AND stored.record_offset < known.next_offset
      )
    )
  );
