-- latest_gone: when the last list was true that proves some process gone.
--
-- out  gone_ms  INTEGER?  NULL: no list proves any gone
-- rows exactly one
SELECT max(gone_ms) AS gone_ms FROM process WHERE gone_ms IS NOT NULL;
