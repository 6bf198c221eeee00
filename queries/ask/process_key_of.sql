-- process_key_of: the process of an id, if it was ever observed.
--
-- in   :process_id  TEXT
-- out  process_key  INTEGER
SELECT process_key FROM process WHERE process_id = :process_id AND last_seen_ms IS NOT NULL;
