-- list_gone_between: processes that a list after an instant proves gone, and that were last seen
-- before it, in [from, to).
--
-- in   :from_ms  INTEGER
-- in   :to_ms  INTEGER  the instant
-- part: meter_contract
-- rows in the order of the index
SELECT
  -- part: meter_columns
FROM process INDEXED BY process_by_last_seen
JOIN process_meter AS meter ON meter.process_key = process.process_key
WHERE process.last_seen_ms >= :from_ms
  AND process.last_seen_ms < :to_ms
  AND process.gone_ms > :to_ms
  AND process.terminated_at_ms IS NULL
ORDER BY process.last_seen_ms, process.process_key;
