-- remove_egress_gap: the gap is no more.
--
-- in   :extent  INTEGER
-- in   :from_hour  INTEGER
-- in   :process_key  INTEGER
-- in   :to_hour  INTEGER
-- in   :bytes  INTEGER
DELETE FROM egress_gap
WHERE extent = :extent
  AND from_hour = :from_hour
  AND process_key = :process_key
  AND to_hour = :to_hour
  AND bytes = :bytes;
