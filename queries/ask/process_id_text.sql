-- process_id_text: the vendor's id of a process.
--
-- in   :process_key  INTEGER
-- out  process_id  TEXT
SELECT process_id FROM process WHERE process_key = :process_key;
