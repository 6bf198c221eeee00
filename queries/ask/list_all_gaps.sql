-- list_all_gaps: every gap.
--
-- out  extent  INTEGER
-- out  from_hour  INTEGER
-- out  to_hour  INTEGER
-- out  process_key  INTEGER
-- out  bytes  INTEGER
-- rows by hours, then by process
SELECT
  extent,
  from_hour,
  to_hour,
  process_key,
  bytes
FROM egress_gap
ORDER BY from_hour, to_hour, process_key, bytes;
