-- save_gone: the first list that ought to hold a process and does not.
--
-- in   :gone_ms  INTEGER?
-- in   :process_key  INTEGER
UPDATE process SET gone_ms = :gone_ms WHERE process_key = :process_key;
