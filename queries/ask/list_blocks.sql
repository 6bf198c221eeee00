-- list_blocks: whether blocks of processes begin before all of their processes.
--
-- out  block_no  INTEGER
-- out  is_fault  INTEGER  1: one begins before it, or it has no row
-- rows by block_no
--
-- A block may begin before all of its processes: one of them may have been said to begin earlier
-- than is believed by now.
SELECT
  met.block_no AS block_no,
  CASE WHEN block.from_ms <= met.from_ms THEN 0 ELSE 1 END AS is_fault
FROM (
  SELECT process_key / 256 AS block_no, min(from_ms) AS from_ms
  FROM process_meter
  GROUP BY process_key / 256
) AS met
LEFT JOIN process_block AS block ON block.block_no = met.block_no
ORDER BY met.block_no;
