-- last_snapshot_seq: the newest number on the axis of knowledge.
--
-- out  snapshot_seq  INTEGER  0 in an empty store
SELECT coalesce(max(snapshot_seq), 0) AS snapshot_seq FROM snapshot;
