-- add_egress_gap: whole hours in which the curve of a process stands still or is not known.
--
-- in   :extent  INTEGER
-- in   :from_hour  INTEGER
-- in   :process_key  INTEGER
-- in   :to_hour  INTEGER
-- in   :bytes  INTEGER
INSERT INTO egress_gap (extent, from_hour, process_key, to_hour, bytes)
VALUES (:extent, :from_hour, :process_key, :to_hour, :bytes);
