-- list_lately_seen: processes without an end that were last seen in [from, to).
--
-- in   :from_ms  INTEGER
-- in   :to_ms  INTEGER
-- in   :last_key  INTEGER  of processes with a greater number,
-- in   :horizon_ms  INTEGER  those that begin after this instant are left out
-- part: meter_contract
-- rows in the order of the index
SELECT
  -- part: meter_columns
FROM process INDEXED BY process_by_last_seen
JOIN process_meter AS meter ON meter.process_key = process.process_key
WHERE process.last_seen_ms >= :from_ms
  AND process.last_seen_ms < :to_ms
  AND process.terminated_at_ms IS NULL
  AND (meter.process_key <= :last_key OR meter.from_ms <= :horizon_ms)
ORDER BY process.last_seen_ms, process.process_key;
