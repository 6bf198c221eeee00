-- list_gone_roaming: processes that were seen under several apps and regions and are gone.
--
-- part: meter_contract
-- rows in the order of process_key
SELECT
  -- part: meter_columns
FROM roaming_process AS roaming
JOIN process ON process.process_key = roaming.process_key
JOIN process_meter AS meter ON meter.process_key = roaming.process_key
WHERE process.gone_ms IS NOT NULL
ORDER BY process.process_key;
