-- list_unended_of_app: processes of an app that started after an instant and have no end.
--
-- in   :app_key  INTEGER
-- in   :started_after_ms  INTEGER
-- part: meter_contract
-- rows in the order of the index
SELECT
  -- part: meter_columns
FROM process_meter AS meter INDEXED BY process_meter_unended
JOIN process ON process.process_key = meter.process_key
WHERE meter.app_key = :app_key
  AND meter.unended_ms > :started_after_ms
ORDER BY meter.region_key, meter.unended_ms, meter.process_key;
