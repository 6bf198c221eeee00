-- load_observations_at: what is already known of one process at one instant.
--
-- in   :process_key  INTEGER
-- in   :observed_at_ms  INTEGER  unix ms
-- in   :this_snapshot_seq  INTEGER  the document being written, which has no row yet
-- out  snapshot_seq  INTEGER
-- out  egressed_bytes  INTEGER?
-- out  attribute_no  INTEGER
-- out  activity_no  INTEGER
--
-- The snapshots of one instant are few: each is one look-up, however long the process lived.
SELECT snapshot_seq, egressed_bytes, attribute_no, activity_no
FROM observation
WHERE process_key = :process_key AND snapshot_seq IN (
    SELECT snapshot_seq FROM snapshot WHERE observed_at_ms = :observed_at_ms
    UNION ALL
    SELECT :this_snapshot_seq
  )
ORDER BY snapshot_seq, restated_attribute_no;
