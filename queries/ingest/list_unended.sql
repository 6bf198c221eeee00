-- list_unended: processes of an app and a region that started after an instant and have no end.
--
-- in   :app_key  INTEGER
-- in   :region_key  INTEGER
-- in   :started_after_ms  INTEGER
-- part: meter_contract
-- rows in the order of the index
SELECT
  -- part: meter_columns
FROM process_meter AS meter INDEXED BY process_meter_unended
JOIN process ON process.process_key = meter.process_key
WHERE meter.app_key = :app_key
  AND meter.region_key = :region_key
  AND meter.unended_ms > :started_after_ms
ORDER BY meter.unended_ms, meter.process_key;
