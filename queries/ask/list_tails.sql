-- list_tails: processes lost before, of which something ends in [from, to].
--
-- in   :from_ms  INTEGER
-- in   :to_ms  INTEGER
-- in   :last_key  INTEGER  of processes with a greater number,
-- in   :horizon_ms  INTEGER  those that begin after this instant are left out
-- part: meter_contract
-- rows in the order of the index
SELECT
  -- part: meter_columns
FROM process_meter AS meter INDEXED BY process_meter_by_tail
JOIN process ON process.process_key = meter.process_key
WHERE meter.tail_ms >= :from_ms AND meter.tail_ms <= :to_ms
  AND (meter.process_key <= :last_key OR meter.from_ms <= :horizon_ms)
ORDER BY meter.tail_ms, meter.process_key;
