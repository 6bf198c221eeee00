-- list_active_keys: processes of one extent that begin in [from, to].
--
-- in   :extent  INTEGER
-- in   :from_ms  INTEGER
-- in   :to_ms  INTEGER
-- in   :last_key  INTEGER  of processes with a greater number,
-- in   :horizon_ms  INTEGER  those that begin after this instant are left out
-- out  process_key  INTEGER
-- rows in the order of the index
SELECT process_key
FROM process_meter INDEXED BY process_meter_by_time
WHERE extent = :extent
  AND from_ms >= :from_ms
  AND from_ms <= :to_ms
  AND (process_key <= :last_key OR from_ms <= :horizon_ms)
ORDER BY from_ms, process_key;
