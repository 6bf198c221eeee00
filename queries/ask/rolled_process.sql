-- rolled_process: what the rollups know of one process.
--
-- in   :process_key  INTEGER
-- part: meter_contract
-- rows one at most
SELECT
  -- part: meter_columns
FROM process_meter AS meter
JOIN process ON process.process_key = meter.process_key
WHERE meter.process_key = :process_key;
