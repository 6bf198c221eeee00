-- count_blocks: compares the instants at which blocks of processes begin with their processes.
--
-- out  blocks  INTEGER
-- out  faults  INTEGER
-- out  first_block_no  INTEGER?  the first at fault; NULL: none is
-- rows exactly one
--
-- A block may begin before all of its processes: one of them may have been said to begin earlier
-- than is believed by now.
SELECT
  count(*) AS blocks,
  count(CASE WHEN told.is_fault = 1 THEN 1 END) AS faults,
  min(CASE WHEN told.is_fault = 1 THEN told.block_no END) AS first_block_no
FROM (
  SELECT
    met.block_no AS block_no,
    CASE WHEN block.from_ms <= met.from_ms THEN 0 ELSE 1 END AS is_fault
  FROM (
    SELECT process_key / 256 AS block_no, min(from_ms) AS from_ms
    FROM process_meter
    GROUP BY process_key / 256
  ) AS met
  LEFT JOIN process_block AS block ON block.block_no = met.block_no
) AS told;
