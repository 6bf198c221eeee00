-- list_gone_ahead: processes that are gone and were never seen after they are said to have started.
--
-- part: meter_contract
-- rows in the order of process_key
SELECT
  -- part: meter_columns
FROM process INDEXED BY process_gone_ahead
JOIN process_meter AS meter ON meter.process_key = process.process_key
WHERE process.gone_ms IS NOT NULL AND process.started_at_ms > process.last_seen_ms
ORDER BY process.process_key;
