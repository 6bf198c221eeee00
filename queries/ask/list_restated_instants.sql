-- list_restated_instants: instants of which a document said something else than one before it.
--
-- out  observed_at_ms  INTEGER
-- rows by time
SELECT DISTINCT observed_at_ms
FROM snapshot
WHERE restated_count > 0
ORDER BY observed_at_ms;
