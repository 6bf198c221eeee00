-- list_active: processes of one extent for which something may happen in [from, to].
--
-- in   :extent  INTEGER
-- in   :begins_after_ms  INTEGER  from - 2^(16 + extent)
-- in   :from_ms  INTEGER
-- in   :to_ms  INTEGER
-- in   :last_key  INTEGER  of processes with a greater number,
-- in   :horizon_ms  INTEGER  those that begin after this instant are left out
-- part: meter_contract
-- rows in the order of the index
SELECT
  -- part: meter_columns
FROM process_meter AS meter INDEXED BY process_meter_by_time
JOIN process ON process.process_key = meter.process_key
WHERE meter.extent = :extent
  AND meter.from_ms > :begins_after_ms
  AND meter.from_ms <= :to_ms
  AND meter.to_ms >= :from_ms
  AND (meter.process_key <= :last_key OR meter.from_ms <= :horizon_ms)
ORDER BY meter.from_ms, meter.process_key;
