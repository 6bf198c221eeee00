-- add_process_meter: what the rollups know of a process that they did not know before.
--
-- part: meter_row_contract
-- bulk
INSERT INTO process_meter
-- part: meter_row;
