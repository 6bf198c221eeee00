-- list_present: processes that may have begun, run or ended in [from, to]. Reads all of them.
--
-- in   :from_ms  INTEGER
-- in   :to_ms  INTEGER
-- in   :runs_if_seen_ms  INTEGER  one without an end that was seen since runs on
-- part: meter_contract
-- rows by process_key
SELECT
  -- part: meter_columns
FROM process_meter AS meter
CROSS JOIN process ON process.process_key = meter.process_key
WHERE meter.from_ms <= :to_ms
  AND (
    meter.to_ms >= :from_ms
    OR meter.tail_ms >= :from_ms
    OR (process.terminated_at_ms IS NULL AND process.last_seen_ms >= :runs_if_seen_ms)
  )
ORDER BY meter.process_key;
