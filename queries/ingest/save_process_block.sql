-- save_process_block: when a process of a block begins, if none of the block began before.
--
-- in   :block_no  INTEGER
-- in   :from_ms  INTEGER
INSERT INTO process_block (block_no, from_ms)
VALUES (:block_no, :from_ms)
ON CONFLICT DO UPDATE SET from_ms = min(from_ms, excluded.from_ms);
