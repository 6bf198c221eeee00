-- list_active_keys: processes of one extent that begin in [from, to].
--
-- in   :extent  INTEGER
-- in   :from_ms  INTEGER
-- in   :to_ms  INTEGER
-- out  process_key  INTEGER
-- rows in the order of the index
SELECT process_key
FROM process_meter INDEXED BY process_meter_by_time
WHERE extent = :extent AND from_ms >= :from_ms AND from_ms <= :to_ms
ORDER BY from_ms, process_key;
