-- list_named_later: processes with a greater number than this one that may matter before an instant.
--
-- in   :last_key  INTEGER
-- in   :to_ms  INTEGER
-- part: meter_contract
-- rows by process_key
SELECT
  -- part: meter_columns
FROM process_meter AS meter
JOIN process ON process.process_key = meter.process_key
WHERE meter.process_key > :last_key AND meter.from_ms <= :to_ms
ORDER BY meter.process_key;
