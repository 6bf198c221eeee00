-- list_control_totals: what snapshots say that was stored of them, and what is found. Reads every observation.
--
-- out  snapshot_seq  INTEGER
-- out  observed_at_ms  INTEGER
-- out  process_count  INTEGER  as the snapshot says
-- out  found_count  INTEGER  as they are counted
-- out  egressed_bytes_sum  INTEGER  as the snapshot says, modulo 2^64
-- out  found_low  INTEGER  sum of the low 32 bits of the counters found
-- out  found_high  INTEGER  sum of what is above them
-- rows by snapshot_seq; the sums are compared by the program, as SQLite has no modulo 2^64
SELECT
  snapshot.snapshot_seq AS snapshot_seq,
  snapshot.observed_at_ms AS observed_at_ms,
  snapshot.process_count AS process_count,
  coalesce(found.found_count, 0) AS found_count,
  snapshot.egressed_bytes_sum AS egressed_bytes_sum,
  coalesce(found.found_low, 0) AS found_low,
  coalesce(found.found_high, 0) AS found_high
FROM snapshot
LEFT JOIN (
  SELECT
    snapshot_seq,
    count(*) AS found_count,
    sum(egressed_bytes & 4294967295) AS found_low,
    sum(egressed_bytes >> 32) AS found_high
  FROM observation
  GROUP BY snapshot_seq
) AS found
  ON found.snapshot_seq = snapshot.snapshot_seq
ORDER BY snapshot.snapshot_seq;
