-- clipped_columns: four columns, a stay of a room on a process and what of it lies in the period.
-- needs: stay, period

stay.room_key AS room_key,
stay.process_key AS process_key,
CASE WHEN stay.start_ms > period.from_ms THEN stay.start_ms ELSE period.from_ms END AS start_ms,
CASE WHEN stay.end_ms < period.to_ms THEN stay.end_ms ELSE period.to_ms END AS end_ms
