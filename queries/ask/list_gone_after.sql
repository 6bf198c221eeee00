-- list_gone_after: processes that a list after an instant proves gone.
--
-- in   :after_ms  INTEGER
-- part: meter_contract
-- rows in the order of the index
SELECT
  -- part: meter_columns
FROM process INDEXED BY process_by_gone
JOIN process_meter AS meter ON meter.process_key = process.process_key
WHERE process.gone_ms > :after_ms
ORDER BY process.gone_ms, process.process_key;
