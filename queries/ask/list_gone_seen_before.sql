-- list_gone_seen_before: processes that a list proves gone, and that were last seen before an instant.
--
-- in   :before_ms  INTEGER
-- part: meter_contract
-- rows in the order of the index
SELECT
  -- part: meter_columns
FROM process INDEXED BY process_by_last_seen
JOIN process_meter AS meter ON meter.process_key = process.process_key
WHERE process.last_seen_ms < :before_ms
  AND process.gone_ms IS NOT NULL
  AND process.terminated_at_ms IS NULL
ORDER BY process.last_seen_ms, process.process_key;
