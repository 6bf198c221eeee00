-- list_snapshot_times: when each snapshot was true.
--
-- out  snapshot_seq  INTEGER
-- out  observed_at_ms  INTEGER
-- rows by snapshot
SELECT snapshot_seq, observed_at_ms
FROM snapshot
ORDER BY snapshot_seq;
