-- extend_process_meter: what the rollups know of a process that went on where it was.
--
-- in   :to_ms  INTEGER
-- in   :first_reading_ms  INTEGER?
-- in   :rise_ms  INTEGER?
-- in   :top_ms  INTEGER?
-- in   :last_reading_ms  INTEGER?
-- in   :egress_bytes  INTEGER?
-- in   :below  INTEGER
-- in   :plain  INTEGER
-- in   :process_key  INTEGER
--
-- Touches no index, unlike save_process_meter.
UPDATE process_meter
SET
  to_ms = :to_ms,
  first_reading_ms = :first_reading_ms,
  rise_ms = :rise_ms,
  top_ms = :top_ms,
  last_reading_ms = :last_reading_ms,
  egress_bytes = :egress_bytes,
  below = :below,
  plain = :plain
WHERE process_key = :process_key;
