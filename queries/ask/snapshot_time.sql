-- snapshot_time: when a snapshot was true.
--
-- in   :snapshot_seq  INTEGER
-- out  observed_at_ms  INTEGER
SELECT observed_at_ms FROM snapshot WHERE snapshot_seq = :snapshot_seq;
