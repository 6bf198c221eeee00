-- find_process_meter: how far the curve of a process has come.
--
-- in   :process_key  INTEGER
-- out  first_reading_ms  INTEGER?  NULL: it has no reading
-- out  rise_ms  INTEGER?
-- out  top_ms  INTEGER?
-- out  last_reading_ms  INTEGER?
-- out  egress_bytes  INTEGER?
-- out  below  INTEGER
-- out  plain  INTEGER
-- out  irregular  INTEGER
SELECT
  first_reading_ms,
  rise_ms,
  top_ms,
  last_reading_ms,
  egress_bytes,
  below,
  plain,
  irregular
FROM process_meter
WHERE process_key = :process_key;
