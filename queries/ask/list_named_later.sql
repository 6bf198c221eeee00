-- list_named_later: processes with a greater number than this one that may matter before an instant.
--
-- in   :last_key  INTEGER
-- in   :to_ms  INTEGER
-- part: meter_contract
-- rows by process_key
--
-- Nearly all of them begin later, and so do whole blocks of them, which are not read.
SELECT
  -- part: meter_columns
FROM process_block AS block
CROSS JOIN process_meter AS meter
  ON meter.process_key >= block.block_no * 256
  AND meter.process_key < block.block_no * 256 + 256
JOIN process ON process.process_key = meter.process_key
WHERE block.block_no >= :last_key / 256
  AND block.from_ms <= :to_ms
  AND meter.process_key > :last_key
  AND meter.from_ms <= :to_ms
ORDER BY meter.process_key;
