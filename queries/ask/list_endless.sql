-- list_endless: processes that have not started and have not ended.
--
-- part: meter_contract
-- rows in the order of process_key
SELECT
  -- part: meter_columns
FROM process_meter AS meter INDEXED BY process_meter_endless
JOIN process ON process.process_key = meter.process_key
WHERE meter.endless = 1
ORDER BY meter.process_key;
