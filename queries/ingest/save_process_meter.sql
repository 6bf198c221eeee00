-- save_process_meter: what the rollups know of a process after its history grew.
--
-- part: meter_row_contract
-- bulk
INSERT OR REPLACE INTO process_meter
-- part: meter_row;
