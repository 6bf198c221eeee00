-- list_irregular: processes that the rollups do not hold.
--
-- part: meter_contract
-- rows in the order of process_key
SELECT
  -- part: meter_columns
FROM process_meter AS meter INDEXED BY process_meter_irregular
JOIN process ON process.process_key = meter.process_key
WHERE meter.irregular = 1
ORDER BY meter.process_key;
