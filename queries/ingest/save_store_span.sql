-- save_store_span: the earliest time that was said of a process, if this is earlier.
--
-- in   :earliest_ms  INTEGER
INSERT INTO store_span (store_span_key, earliest_ms)
VALUES (1, :earliest_ms)
ON CONFLICT DO UPDATE SET earliest_ms = min(earliest_ms, excluded.earliest_ms);
